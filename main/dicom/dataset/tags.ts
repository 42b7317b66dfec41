export type ValueRepresentation =
  | 'AE'
  | 'CS'
  | 'DA'
  | 'DS'
  | 'IS'
  | 'LO'
  | 'LT'
  | 'OB'
  | 'PN'
  | 'SH'
  | 'SQ'
  | 'ST'
  | 'TM'
  | 'UI'
  | 'US'
  | 'UL';

/** The elements of worklist queries and answers that we know (PS3.6), by keyword: tag as one number, value representation. */
export const tags = {
  SpecificCharacterSet: { tag: 0x00080005, vr: 'CS' },
  AccessionNumber: { tag: 0x00080050, vr: 'SH' },
  Modality: { tag: 0x00080060, vr: 'CS' },
  ReferringPhysicianName: { tag: 0x00080090, vr: 'PN' },
  CodeValue: { tag: 0x00080100, vr: 'SH' },
  CodingSchemeDesignator: { tag: 0x00080102, vr: 'SH' },
  CodeMeaning: { tag: 0x00080104, vr: 'LO' },
  ReferencedStudySequence: { tag: 0x00081110, vr: 'SQ' },
  ReferencedPatientSequence: { tag: 0x00081120, vr: 'SQ' },
  PatientName: { tag: 0x00100010, vr: 'PN' },
  PatientID: { tag: 0x00100020, vr: 'LO' },
  PatientBirthDate: { tag: 0x00100030, vr: 'DA' },
  PatientSex: { tag: 0x00100040, vr: 'CS' },
  PatientWeight: { tag: 0x00101030, vr: 'DS' },
  MedicalAlerts: { tag: 0x00102000, vr: 'LO' },
  Allergies: { tag: 0x00102110, vr: 'LO' },
  PregnancyStatus: { tag: 0x001021c0, vr: 'US' },
  PatientComments: { tag: 0x00104000, vr: 'LT' },
  StudyInstanceUID: { tag: 0x0020000d, vr: 'UI' },
  RequestingPhysician: { tag: 0x00321032, vr: 'PN' },
  RequestedProcedureDescription: { tag: 0x00321060, vr: 'LO' },
  RequestedProcedureCodeSequence: { tag: 0x00321064, vr: 'SQ' },
  RequestedContrastAgent: { tag: 0x00321070, vr: 'LO' },
  AdmissionID: { tag: 0x00380010, vr: 'LO' },
  SpecialNeeds: { tag: 0x00380050, vr: 'LO' },
  CurrentPatientLocation: { tag: 0x00380300, vr: 'LO' },
  PatientState: { tag: 0x00380500, vr: 'LO' },
  ScheduledStationAETitle: { tag: 0x00400001, vr: 'AE' },
  ScheduledProcedureStepStartDate: { tag: 0x00400002, vr: 'DA' },
  ScheduledProcedureStepStartTime: { tag: 0x00400003, vr: 'TM' },
  ScheduledPerformingPhysicianName: { tag: 0x00400006, vr: 'PN' },
  ScheduledProcedureStepDescription: { tag: 0x00400007, vr: 'LO' },
  ScheduledProtocolCodeSequence: { tag: 0x00400008, vr: 'SQ' },
  ScheduledProcedureStepID: { tag: 0x00400009, vr: 'SH' },
  ScheduledStationName: { tag: 0x00400010, vr: 'SH' },
  ScheduledProcedureStepLocation: { tag: 0x00400011, vr: 'SH' },
  PreMedication: { tag: 0x00400012, vr: 'LO' },
  ScheduledProcedureStepStatus: { tag: 0x00400020, vr: 'CS' },
  ScheduledProcedureStepSequence: { tag: 0x00400100, vr: 'SQ' },
  RequestedProcedureID: { tag: 0x00401001, vr: 'SH' },
  RequestedProcedurePriority: { tag: 0x00401003, vr: 'SH' },
  PatientTransportArrangements: { tag: 0x00401004, vr: 'LO' },
  ConfidentialityConstraintOnPatientDataDescription: { tag: 0x00403001, vr: 'LO' },
} as const satisfies Record<string, { tag: number; vr: ValueRepresentation }>;

export type Keyword = keyof typeof tags;

export type KnownTag = { keyword: Keyword; tag: number; vr: ValueRepresentation };

const byNumber = new Map<number, KnownTag>(
  (Object.keys(tags) as Keyword[]).map((keyword) => [tags[keyword].tag, { keyword, ...tags[keyword] }]),
);

/** The element of a tag number, or undefined for one that we do not use. */
export function knownTag(tag: number): KnownTag | undefined {
  return byNumber.get(tag);
}

/** `(0040,0100)` for a tag number. */
export function tagText(tag: number): string {
  const hex = tag.toString(16).toUpperCase().padStart(8, '0');
  return `(${hex.slice(0, 4)},${hex.slice(4)})`;
}
