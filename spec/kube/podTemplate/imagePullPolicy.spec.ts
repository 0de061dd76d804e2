import { describe, expect, it } from 'vitest'
import { defaultImagePullPolicy } from '../../../src/kube/podTemplate/imagePullPolicy'
import { fc } from '../../properties/fc'

const sha256 = `sha256:${'a'.repeat(64)}`

describe('an image without a pull policy', () => {
  it.each([
    ['no tag', 'nginx'],
    ['no tag, with a registry', 'registry.example:5000/shop/api'],
    ['no tag, but a port', 'localhost:5000/api'],
    ['the tag latest', 'shop/api:latest'],
    ['the tag latest and a digest', `shop/api:latest@${sha256}`],
    ['an IPv6 registry', '[fd00::1]:5000/api'],
    ['an upper case host', 'REGISTRY/api'],
    ['an underscore in what is no host', 'my_host.example/api'],
    ['all the separators', 'a.b_c__d---e'],
    ['the longest path', 'a'.repeat(255 - 'library/'.length)],
    ['a path of 255 on another registry', `q.example/${'a'.repeat(255)}`],
    ['the tag latest and a digest of another algorithm', `x:latest@sha512:${'0'.repeat(128)}`],
  ])('is always pulled with %s', (_, image) => {
    expect(defaultImagePullPolicy(image)).toBe('Always')
  })

  it.each([
    ['another tag', 'nginx:1.27'],
    ['another tag, which is case sensitive', 'nginx:Latest'],
    ['only a digest', `nginx@${sha256}`],
    ['an upper case name', 'Nginx'],
    ['an upper case name below a registry', 'q.example/Nginx:latest'],
    ['no name', ''],
    ['an empty tag', 'nginx:'],
    ['two tags', 'nginx:latest:latest'],
    ['a path after the tag', 'nginx:latest/api'],
    ['a tag of 129 letters', `nginx:${'a'.repeat(129)}`],
    ['a broken digest', `nginx:latest@sha256:${'a'.repeat(63)}`],
    ['an upper case digest', `nginx:latest@sha256:${'A'.repeat(64)}`],
    ['an unknown digest', `nginx:latest@md5:${'a'.repeat(32)}`],
    ['an image id', 'f'.repeat(64)],
    ['three underscores', 'a___b'],
    ['two dots', 'a..b'],
    ['a dash at the end', 'a-'],
    ['an empty folder', 'a//b'],
    ['a host that ends in a dash', 'a-.b/c:latest'],
    ['a port that is no number', 'host:80a/api:latest'],
    ['a space', ' nginx'],
    ['a letter beyond ASCII', 'café'],
    ['a path of 256', `q.example/${'a'.repeat(256)}`],
    ['a path too long with its folder', 'a'.repeat(256 - 'library/'.length)],
    ['a path too long on the old hub', `index.docker.io/${'a'.repeat(248)}`],
  ])('is pulled once with %s', (_, image) => {
    expect(defaultImagePullPolicy(image)).toBe('IfNotPresent')
  })

  it('may be any text', () => {
    fc.assert(
      fc.property(fc.string(), (image) => ['Always', 'IfNotPresent'].includes(defaultImagePullPolicy(image))),
      { verbose: 1 },
    )
    for (const hostile of ['a.'.repeat(500_000), ':1'.repeat(500_000), `${'a-'.repeat(500_000)}/x`, 'a_'.repeat(127)]) {
      expect(defaultImagePullPolicy(hostile)).toBe('IfNotPresent')
    }
  })
})
