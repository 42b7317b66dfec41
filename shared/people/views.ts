/** The views of this area, by name (see `shared/kernel/view.ts`). */
import { peopleBanner, peoplePatient } from './patient-views.ts';
import { peopleDuplicates, peopleSearch } from './search-views.ts';

export const peopleViews = {
  'people/search': peopleSearch,
  'people/banner': peopleBanner,
  'people/patient': peoplePatient,
  'people/duplicates': peopleDuplicates,
} as const;
