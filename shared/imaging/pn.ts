/** One name in DICOM's three forms (PS3.5 6.2.1.1); each is `family^given^middle^prefix^suffix`, or empty. */
export type PersonNameForms = { alphabetic: string; ideographic: string; phonetic: string };

/** Splits a PN value at `=`. Trailing blanks, NULs and `^` of each group fall away (PS3.5 6.2.1.2: they mean nothing). */
export function parsePersonName(value: string): PersonNameForms {
  const [alphabetic = '', ideographic = '', phonetic = ''] = value.split('=').map(trimNameGroup);
  return { alphabetic, ideographic, phonetic };
}

/** One group without padding and trailing empty components. */
export function trimNameGroup(group: string): string {
  return group.replace(/^[\s\0]+/, '').replace(/[\s\0^]+$/, '');
}

/** Joins the forms by `=`; trailing empty groups and components are left out. A first empty group keeps its place. */
export function formatPersonName(name: PersonNameForms): string {
  return [name.alphabetic, name.ideographic, name.phonetic].map(trimNameGroup).join('=').replace(/=+$/, '');
}
