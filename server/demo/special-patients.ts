/** People whom the demo must have: what makes screens, papers and scanners stumble. */
import type { Patient, PersonName } from '../../shared/people/schema.ts';
import { type NameSex, official } from './person-names.ts';

type Make = (name: PersonName, sex: NameSex) => Patient;

/** One patient with a very long name; one Arabic patient who must not be given contrast. */
export function specialPatients(make: Make): Patient[] {
  const longName = make(
    official({
      family: 'Kusumawardhana Adiningrat Suryodipuro Natakusuma Hadikusumo',
      given: 'Kanjeng Raden Mas Tumenggung Panji Sosrokartono Wirayudha',
      text: '',
    }),
    'M',
  );
  longName.birthDate = '1951-08-17';
  const contrast = make(
    official(
      { family: 'المنصوري', given: 'أحمد عبد الرحمن', text: '' },
      { family: 'Al-Mansouri', given: 'Ahmed Abdulrahman', text: '' },
    ),
    'M',
  );
  contrast.birthDate = '1974-03-02';
  contrast.language = 'ar';
  contrast.allergyState = 'listed';
  contrast.allergies = [
    {
      key: 'iodinated contrast medium',
      substance: 'Iodinated contrast medium',
      reaction: 'Hives, short of breath',
      severity: 'severe',
    },
  ];
  contrast.alerts = ['No iodinated contrast'];
  return [longName, contrast];
}
