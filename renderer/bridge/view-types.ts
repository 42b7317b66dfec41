/**
 * Names, parameters and values of views as screens know them. The law's registry comes first; what the frame needs and the law
 * does not have yet is described here and falls away as soon as the registry has a view of that name.
 */
import type { ViewName as LawView, ViewParams as LawParams, ViewValue as LawValue } from '../../shared/views.ts';
import type { BannerPatient, PatientHit } from '../app/patient/banner-patient.ts';

type FrameViews = {
  'people/search': { params: { text: string }; value: { hits: PatientHit[] } };
  'people/banner': { params: { patientId: string }; value: BannerPatient | null };
  'inbox/count': { params: Record<string, never>; value: { open: number } };
};

export type ViewName = LawView | keyof FrameViews;
export type ViewParams<N extends ViewName> = N extends LawView
  ? LawParams<N>
  : N extends keyof FrameViews
    ? FrameViews[N]['params']
    : never;
export type ViewValue<N extends ViewName> = N extends LawView
  ? LawValue<N>
  : N extends keyof FrameViews
    ? FrameViews[N]['value']
    : never;
