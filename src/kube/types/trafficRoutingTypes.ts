/** How Go prints `trafficRouting` of a canary, in the notation of hash/shape.ts. */
export const trafficRoutingTypes = {
  TrafficRouting:
    'istio?:*Istio nginx?:*Nginx alb?:*Alb smi?:*Smi ambassador?:*Ambassador appMesh?:*AppMesh traefik?:*Traefik managedRoutes?:[]NamedObject apisix?:*Apisix plugins?:map[]rawJSON maxTrafficWeight?:*int32',
  Istio:
    'virtualService?:*IstioVirtualService destinationRule?:*IstioDestinationRule virtualServices?:[]IstioVirtualService',
  IstioVirtualService: 'name:string routes?:[]string tlsRoutes?:[]TlsRoute tcpRoutes?:[]TcpRoute',
  TlsRoute: 'port?:int64 sniHosts?:[]string',
  TcpRoute: 'port?:int64',
  IstioDestinationRule: 'name:string canarySubsetName:string stableSubsetName:string additionalSubsetNames?:[]string',
  Nginx:
    'annotationPrefix?:string stableIngress?:string additionalIngressAnnotations?:map[]string stableIngresses?:[]string canaryIngressAnnotations?:map[]string',
  Alb: 'ingress?:string servicePort:int32 rootService?:string annotationPrefix?:string stickinessConfig?:*Stickiness ingresses?:[]string',
  Stickiness: 'enabled:bool durationSeconds:int64',
  Smi: 'rootService?:string trafficSplitName?:string',
  Ambassador: 'mappings:[]string',
  AppMesh: 'virtualService?:*AppMeshVirtualService virtualNodeGroup?:*AppMeshVirtualNodeGroup',
  AppMeshVirtualService: 'name:string routes?:[]string',
  AppMeshVirtualNodeGroup: 'canaryVirtualNodeRef:*NamedObject stableVirtualNodeRef:*NamedObject',
  Traefik: 'weightedTraefikServiceName:string',
  Apisix: 'route?:*ApisixRoute',
  ApisixRoute: 'name:string rules?:[]string',
  NamedObject: 'name:string',
} as const
