/** The section of a version in CHANGELOG.md, without its heading: `v0.1.0` and `0.1.0` mean the same. Undefined if it has none. */
export function releaseNotes(changelog: string, version: string): string | undefined {
  const wanted = version.replace(/^v/, '')
  const [, ...sections] = changelog.split(/^## /m)
  const found = sections.find((section) => /^\S+/.exec(section)?.[0] === wanted)
  const notes = found?.slice(found.indexOf('\n')).trim()
  return notes ? notes : undefined
}
