/** Invented people for tests of the frame. */
type Sample = {
  patientId: string;
  written: string;
  latin: string;
  sex: 'M' | 'F';
  birthDate: string;
  recordNumber: string;
  allergies: { state: 'listed' | 'none_known' | 'not_asked'; substances: string[] };
  phone: string;
};

const id = (last: number): string => `01940000-0000-7000-8000-${String(last).padStart(12, '0')}`;

export const samplePeople: readonly Sample[] = [
  ['Sarah Wijayanti', '', 'F', '1992-03-02', 'K-005120', 'Penicillin', '081290441111'],
  ['Sartono Hadi', '', 'M', '1955-09-09', 'K-000874', null, '081290442222'],
  ['سارة منصور', 'Sara Mansour', 'F', '1998-01-30', 'K-004733', '', '081290443333'],
  ['Maya Kesari', '', 'F', '1980-12-12', 'K-003311', '', '081290444444'],
  ['更紗 美紀', 'Sarasa Miki', 'F', '1987-05-05', 'K-002965', 'Latex', '081290447727'],
  ['محمد العلي', 'Mohammed Al-Ali', 'M', '1964-02-12', 'K-003982', 'Contrast media, Aspirin', '081290445555'],
  ['Aisyah Putri', '', 'F', '2022-06-01', 'K-004100', 'Peanut', '081290446666'],
].map(([written, latin, sex, birthDate, recordNumber, allergy, phone], at) => ({
  patientId: id(at + 1),
  written: written ?? '',
  latin: latin === '' ? (written ?? '') : (latin ?? ''),
  sex: sex as 'M' | 'F',
  birthDate: birthDate ?? '',
  recordNumber: recordNumber ?? '',
  allergies: {
    state: allergy === null ? 'not_asked' : allergy === '' ? 'none_known' : 'listed',
    substances: allergy ? allergy.split(', ') : [],
  },
  phone: phone ?? '',
}));

export const sampleId = id;
