import { canaryStepShape } from './canaryStepShape.generated'
import { podTemplateShape } from './podTemplateShape.generated'
import type { Shape } from './shape'

// The types of older controllers where they differ from today's, in the notation of shape.ts.

/**
 * Kubernetes 0.29, on which v1.7 and v1.8 are built: without younger fields, and an unset `creationTimestamp` is
 * printed.
 */
export const podTemplateShapeOfKubernetes029: Shape = {
  root: 'PodTemplateSpec',
  types: {
    ...podTemplateShape.types,
    ClaimSource: 'resourceClaimName?:*string resourceClaimTemplateName?:*string',
    Container:
      'name:string image?:string command?:[]string args?:[]string workingDir?:string ports?:[]ContainerPort envFrom?:[]EnvFromSource env?:[]EnvVar resources?:ResourceRequirements resizePolicy?:[]ContainerResizePolicy restartPolicy?:*string volumeMounts?:[]VolumeMount volumeDevices?:[]VolumeDevice livenessProbe?:*Probe readinessProbe?:*Probe startupProbe?:*Probe lifecycle?:*Lifecycle terminationMessagePath?:string terminationMessagePolicy?:string imagePullPolicy?:string securityContext?:*SecurityContext stdin?:bool stdinOnce?:bool tty?:bool',
    EnvVarSource:
      'fieldRef?:*ObjectFieldSelector resourceFieldRef?:*ResourceFieldSelector configMapKeyRef?:*ConfigMapKeySelector secretKeyRef?:*SecretKeySelector',
    EphemeralContainer:
      'name:string image?:string command?:[]string args?:[]string workingDir?:string ports?:[]ContainerPort envFrom?:[]EnvFromSource env?:[]EnvVar resources?:ResourceRequirements resizePolicy?:[]ContainerResizePolicy restartPolicy?:*string volumeMounts?:[]VolumeMount volumeDevices?:[]VolumeDevice livenessProbe?:*Probe readinessProbe?:*Probe startupProbe?:*Probe lifecycle?:*Lifecycle terminationMessagePath?:string terminationMessagePolicy?:string imagePullPolicy?:string securityContext?:*SecurityContext stdin?:bool stdinOnce?:bool tty?:bool targetContainerName?:string',
    HostAlias: 'ip?:string hostnames?:[]string',
    Lifecycle: 'postStart?:*LifecycleHandler preStop?:*LifecycleHandler',
    ObjectMeta:
      'name?:string generateName?:string namespace?:string selfLink?:string uid?:string resourceVersion?:string generation?:int64 creationTimestamp?:time deletionTimestamp?:*time deletionGracePeriodSeconds?:*int64 labels?:map[]string annotations?:map[]string ownerReferences?:[]OwnerReference finalizers?:[]string managedFields?:[]ManagedFieldsEntry',
    PodResourceClaim: 'name:string source?:ClaimSource',
    PodSecurityContext:
      'seLinuxOptions?:*SELinuxOptions windowsOptions?:*WindowsSecurityContextOptions runAsUser?:*int64 runAsGroup?:*int64 runAsNonRoot?:*bool supplementalGroups?:[]int64 fsGroup?:*int64 sysctls?:[]Sysctl fsGroupChangePolicy?:*string seccompProfile?:*SeccompProfile',
    PodSpec:
      'volumes?:[]Volume initContainers?:[]Container containers:[]Container ephemeralContainers?:[]EphemeralContainer restartPolicy?:string terminationGracePeriodSeconds?:*int64 activeDeadlineSeconds?:*int64 dnsPolicy?:string nodeSelector?:map[]string serviceAccountName?:string serviceAccount?:string automountServiceAccountToken?:*bool nodeName?:string hostNetwork?:bool hostPID?:bool hostIPC?:bool shareProcessNamespace?:*bool securityContext?:*PodSecurityContext imagePullSecrets?:[]LocalObjectReference hostname?:string subdomain?:string affinity?:*Affinity schedulerName?:string tolerations?:[]Toleration hostAliases?:[]HostAlias priorityClassName?:string priority?:*int32 dnsConfig?:*PodDNSConfig readinessGates?:[]PodReadinessGate runtimeClassName?:*string enableServiceLinks?:*bool preemptionPolicy?:*string overhead?:map[]quantity topologySpreadConstraints?:[]TopologySpreadConstraint setHostnameAsFQDN?:*bool os?:*PodOS hostUsers?:*bool schedulingGates?:[]PodSchedulingGate resourceClaims?:[]PodResourceClaim',
    ResourceClaim: 'name:string',
    SecurityContext:
      'capabilities?:*Capabilities privileged?:*bool seLinuxOptions?:*SELinuxOptions windowsOptions?:*WindowsSecurityContextOptions runAsUser?:*int64 runAsGroup?:*int64 runAsNonRoot?:*bool readOnlyRootFilesystem?:*bool allowPrivilegeEscalation?:*bool procMount?:*string seccompProfile?:*SeccompProfile',
    Volume:
      'name:string hostPath?:*HostPathVolumeSource emptyDir?:*EmptyDirVolumeSource gcePersistentDisk?:*GCEPersistentDiskVolumeSource awsElasticBlockStore?:*AWSElasticBlockStoreVolumeSource gitRepo?:*GitRepoVolumeSource secret?:*SecretVolumeSource nfs?:*NFSVolumeSource iscsi?:*ISCSIVolumeSource glusterfs?:*GlusterfsVolumeSource persistentVolumeClaim?:*PersistentVolumeClaimVolumeSource rbd?:*RBDVolumeSource flexVolume?:*FlexVolumeSource cinder?:*CinderVolumeSource cephfs?:*CephFSVolumeSource flocker?:*FlockerVolumeSource downwardAPI?:*DownwardAPIVolumeSource fc?:*FCVolumeSource azureFile?:*AzureFileVolumeSource configMap?:*ConfigMapVolumeSource vsphereVolume?:*VsphereVirtualDiskVolumeSource quobyte?:*QuobyteVolumeSource azureDisk?:*AzureDiskVolumeSource photonPersistentDisk?:*PhotonPersistentDiskVolumeSource projected?:*ProjectedVolumeSource portworxVolume?:*PortworxVolumeSource scaleIO?:*ScaleIOVolumeSource storageos?:*StorageOSVolumeSource csi?:*CSIVolumeSource ephemeral?:*EphemeralVolumeSource',
    VolumeMount:
      'name:string readOnly?:bool mountPath:string subPath?:string mountPropagation?:*string subPathExpr?:string',
    VolumeProjection:
      'secret?:*SecretProjection downwardAPI?:*DownwardAPIProjection configMap?:*ConfigMapProjection serviceAccountToken?:*ServiceAccountTokenProjection clusterTrustBundle?:*ClusterTrustBundleProjection',
  },
}

/**
 * v1.8: `analysisRunMetadata` is printed though empty, `clusterScope: false` is not; experiments have no delay of their
 * own.
 */
export const canaryStepShapeOf18: Shape = {
  root: 'CanaryStep',
  types: {
    ...canaryStepShape.types,
    AnalysisTemplateRef: 'templateName:string clusterScope?:bool',
    RolloutAnalysis:
      'templates?:[]AnalysisTemplateRef args?:[]AnalysisRunArgument dryRun?:[]DryRun measurementRetention?:[]MeasurementRetention analysisRunMetadata?:AnalysisRunMetadata',
    RolloutExperimentStep:
      'templates:[]RolloutExperimentTemplate duration?:string analyses?:[]RolloutExperimentStepAnalysisTemplateRef dryRun?:[]DryRun analysisRunMetadata?:AnalysisRunMetadata',
    RolloutExperimentStepAnalysisTemplateRef:
      'name:string templateName:string clusterScope?:bool args?:[]AnalysisRunArgument requiredForCompletion?:bool',
  },
}

/** v1.7 does not know plugin steps. */
export const canaryStepShapeOf17: Shape = {
  root: 'CanaryStep',
  types: {
    ...canaryStepShapeOf18.types,
    CanaryStep:
      'setWeight?:*int32 pause?:*RolloutPause experiment?:*RolloutExperimentStep analysis?:*RolloutAnalysis setCanaryScale?:*SetCanaryScale setHeaderRoute?:*SetHeaderRoute setMirrorRoute?:*SetMirrorRoute',
  },
}
