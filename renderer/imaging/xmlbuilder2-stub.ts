/**
 * Stands in for `xmlbuilder2`, which vtk.js pulls in to write XML image files and which needs Node's `events`: with the real one
 * the built page dies at start. Nothing here writes XML; a call throws.
 */
export function create(): never {
  throw new Error('xmlbuilder2 is not part of this build');
}
