/** The views of this area, by name (see `shared/kernel/view.ts`). */
import { peoplePatient } from './patient-views.ts';
import { peopleDuplicates, peopleSearch } from './search-views.ts';

export const peopleViews = {
  'people/search': peopleSearch,
  'people/patient': peoplePatient,
  'people/duplicates': peopleDuplicates,
} as const;
