/** What somebody registers for a new patient; nothing of it but the name matters. */
export function newPatient(family: string, given: string) {
  const name = { family, given, text: '' };
  return {
    names: [{ use: 'official', written: name, latin: name, phonetic: { family: '', given: '', text: '' } }],
    sex: 'F',
    birthDate: '1990-01-02',
    phones: [],
    email: '',
    address: '',
    identifiers: [],
    relations: [],
    allergyState: 'not_asked',
    allergies: [],
    alerts: [],
    tags: [],
    language: 'id',
  };
}
