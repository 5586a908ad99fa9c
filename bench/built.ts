/**
 * A module of `dist/`: what users run is measured, not what a development loader makes of the sources. `npm run bench`
 * builds it first.
 *
 * @param path below `dist/`, such as `venue/index.js`
 */
export async function built<Module>(path: string): Promise<Module> {
  return (await import(new URL(`../dist/${path}`, import.meta.url).href)) as Module
}
