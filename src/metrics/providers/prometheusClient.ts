import { parseUrl } from '../../go/url/url'
import type { JsonObject } from '../../model/json'
import type { StringMap } from '../../model/meta'
import type { SigV4 } from '../exchange/ask'
import { flagIn, objectIn, objectsIn, textIn } from '../exchange/read'
import { askEnvironment, type Failed, hide, type Setting, type Steps } from '../exchange/steps'
import { basicAuthorization, type ClientOptions, directTransport, type Transport } from '../http/client'
import { withHeader } from '../http/headers'
import { oauth2Transport, readClientCredentials } from '../http/oauth2'

const addressVariable = 'ARGO_ROLLOUTS_PROMETHEUS_ADDRESS'
const regionVariables = ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_SDK_LOAD_CONFIG']

interface Connection {
  readonly address: string
  readonly client: ClientOptions
  readonly signed: boolean
}

/**
 * Address and authentication. From the inside out: custom headers (they overwrite everything), basic authentication,
 * SigV4, OAuth 2; token requests go through all the inner ones (behaviour 11.2).
 */
export function* prometheusClient(setting: Setting, config: JsonObject): Steps<Connection | Failed> {
  const address = yield* findAddress(config)
  if ('error' in address) return address
  const authentication = objectIn(config, 'authentication')
  let transport = directTransport(flagIn(config, 'insecure'))
  const headers = objectsIn(config, 'headers')
  if (headers.length > 0) transport = headersTransport(headers, transport)
  const basic = basicTransport(setting, objectIn(authentication, 'basicAuth'), transport)
  if ('error' in basic) return basic
  transport = basic.transport
  const sigv4 = yield* readSigV4(address.text, objectIn(authentication, 'sigv4'))
  if ('error' in sigv4) return sigv4
  if (sigv4.sigv4) transport = signedTransport(sigv4.sigv4, transport)
  const oauth2 = readClientCredentials(setting, config)
  if ('error' in oauth2) return oauth2
  const { credentials } = oauth2
  if (credentials) transport = oauth2Transport(credentials, { transport })
  return { address: address.text, client: { transport }, signed: sigv4.sigv4 !== undefined }
}

function* findAddress(config: JsonObject): Steps<{ readonly text: string } | Failed> {
  let text = textIn(config, 'address')
  if (text === '') {
    const environment = yield* askEnvironment([addressVariable])
    if ('error' in environment) return environment
    text = environment.values[addressVariable] ?? ''
  }
  if (text === '') return { error: 'prometheus address is not configured' }
  const reading = parseUrl(text)
  const fine = 'url' in reading && reading.url.scheme !== '' && reading.url.host !== ''
  return fine ? { text } : { error: 'prometheus address is not is url format' }
}

function headersTransport(custom: readonly JsonObject[], inner: Transport): Transport {
  return function* (current, request, deadlines) {
    const headers = custom.reduce<StringMap>(
      (all, header) => withHeader(all, textIn(header, 'key'), textIn(header, 'value')),
      request.headers,
    )
    // A header of one's own takes the place of the signature, too.
    const overwritten = custom.some((header) => textIn(header, 'key').toLowerCase() === 'authorization')
    const sigv4 = overwritten ? undefined : request.sigv4
    return yield* inner(current, { ...request, headers, sigv4 }, deadlines)
  }
}

function basicTransport(
  setting: Setting,
  config: JsonObject,
  inner: Transport,
): { readonly transport: Transport } | Failed {
  const [username, password] = [textIn(config, 'username'), textIn(config, 'password')]
  if (username === '' && password === '') return { transport: inner }
  const missing = username === '' ? 'username' : password === '' ? 'password' : undefined
  if (missing) return { error: `missing mandatory parameter in metric for basic auth setup: ${missing}` }
  hide(setting, password)
  const authorization = basicAuthorization(username, password)
  return {
    transport: function* (current, request, deadlines) {
      const isTaken = (request.headers.Authorization ?? '') !== '' || request.sigv4 !== undefined
      const headers =
        isTaken || request.isAstray ? request.headers : withHeader(request.headers, 'Authorization', authorization)
      return yield* inner(current, { ...request, headers }, deadlines)
    },
  }
}

/** Amazon Managed Prometheus is recognised by its address. Without a region in the metric the environment's counts. */
function* readSigV4(address: string, config: JsonObject): Steps<{ readonly sigv4?: SigV4 } | Failed> {
  const [region, profile, roleArn] = [textIn(config, 'region'), textIn(config, 'profile'), textIn(config, 'roleArn')]
  const configured = region !== '' || profile !== '' || roleArn !== ''
  if (!address.includes('aps-workspaces') || !configured) return {}
  let known = region
  if (known === '') {
    const environment = yield* askEnvironment(regionVariables)
    if ('error' in environment) return environment
    known = environmentRegion(environment.values)
    if (known === '' && profile === '') {
      return { error: 'region not configured in sigv4 or in default credentials chain' }
    }
  }
  const choice = { ...(profile === '' ? {} : { profile }), ...(roleArn === '' ? {} : { roleArn }) }
  return { sigv4: { service: 'aps', region, ...choice } }
}

function environmentRegion(values: StringMap): string {
  const fromConfig = (values.AWS_SDK_LOAD_CONFIG ?? '') !== ''
  return values.AWS_REGION || (fromConfig ? values.AWS_DEFAULT_REGION : '') || ''
}

const signedTransport = (sigv4: SigV4, inner: Transport): Transport =>
  function* (setting, request, deadlines) {
    return yield* inner(setting, { ...request, headers: withoutAuthorization(request.headers), sigv4 }, deadlines)
  }

const withoutAuthorization = (headers: StringMap): StringMap =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'Authorization'))
