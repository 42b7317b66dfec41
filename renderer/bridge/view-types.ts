/** Names, parameters and values of views as screens know them: the law's registry, named in this one place. */
export type { ViewName, ViewParams, ViewValue } from '../../shared/views.ts';
