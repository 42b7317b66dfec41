/**
 * What the DICOM door asks of the rest of the workstation. The door knows the protocol and these few questions, never the
 * store: a step of the worklist and a device are plain data that the store process sends it whenever they change.
 */

/** A scanner that may associate. Calling AE titles that are not in this list are refused (PS3.8 9.3.4, 1-1-3). */
export type DicomDevice = {
  deviceId: string;
  aeTitle: string;
  /** DICOM modality of the device (US, CR, CT …). */
  modality: string;
  /** Address for what we send to it (echo, routing). */
  host: string;
  port: number;
  /** Specific Character Set of worklist answers, as in (0008,0005), e.g. `ISO_IR 192` or `\\ISO 2022 IR 87`. */
  specificCharacterSet: string;
};

/** One name in DICOM's three forms (PS3.5 6.2.1); each form is `family^given^middle^prefix^suffix`, or empty. */
export type DicomPersonName = { alphabetic: string; ideographic: string; phonetic: string };

/** One scheduled procedure step that is neither completed nor cancelled. */
export type WorklistStep = {
  stepId: string;
  accessionNumber: string;
  studyInstanceUid: string;
  requestedProcedureId: string;
  requestedProcedureDescription: string;
  stepDescription: string;
  /** Local wall-clock day and time of the scanner's location: DA `YYYYMMDD` and TM `HHMMSS`. */
  startDate: string;
  startTime: string;
  modality: string;
  stationAeTitle: string;
  stationName: string;
  location: string;
  performingPhysician: DicomPersonName;
  referringPhysician: DicomPersonName;
  requestingPhysician: DicomPersonName;
  /** True when the patient is in the building: such steps are answered first. */
  patientPresent: boolean;
  patientName: DicomPersonName;
  patientId: string;
  /** DA `YYYYMMDD`, or empty when the birth date is unknown or partial. */
  patientBirthDate: string;
  patientSex: '' | 'M' | 'F' | 'O';
  patientWeightKg: string;
  allergies: string;
  medicalAlerts: string;
  pregnancyStatus: '' | '1' | '2' | '3' | '4';
};

/** Why an association or an object was not taken, or what a query asked; shown on the Scan screen and logged without patient data. */
export type DoorEvent =
  | {
      kind: 'refused';
      atUtc: string;
      remoteAddress: string;
      callingAeTitle: string;
      calledAeTitle: string;
      why: string;
    }
  | { kind: 'aborted'; atUtc: string; remoteAddress: string; callingAeTitle: string; why: string }
  | { kind: 'echo'; atUtc: string; callingAeTitle: string }
  | {
      kind: 'worklistQuery';
      atUtc: string;
      callingAeTitle: string;
      /** Asked keys by keyword, values as text (stays on this station, encrypted store only; never logged). */
      keys: Record<string, string>;
      answeredStepIds: string[];
      /** Name forms sent to that device, per step: matched later against what comes back in the images. */
      sentNames: Record<string, string>;
      /** Steps that matched but could not be sent whole: a person has to mend the order. */
      leftOut: WorklistLeftOut[];
    }
  | { kind: 'received'; atUtc: string; callingAeTitle: string; instance: ReceivedInstance };

/** One durable object as journalled: bytes are on disk (encrypted, fsynced) before this exists. */
export type ReceivedInstance = {
  /** Grows by one per journal line, without gaps: the store's drain cursor. */
  journalSeq: number;
  sopClassUid: string;
  sopInstanceUid: string;
  transferSyntaxUid: string;
  callingAeTitle: string;
  calledAeTitle: string;
  receivedAtUtc: string;
  /** Length and SHA-256 (hex) of the dataset exactly as received (without preamble and file meta group). */
  datasetBytes: number;
  datasetSha256: string;
  /** File below the object folder; made from hashes only, never from what came over the wire. */
  fileName: string;
};

/** One answer to a worklist query, as the worklist made it for that device. */
export type WorklistAnswer = {
  stepId: string;
  /** The identifier in Implicit VR Little Endian, as it goes on the wire. */
  bytes: Uint8Array;
  /** False when a key was asked that we do not support: pending status FF01 instead of FF00 (PS3.4 K.4.1.1.4). */
  supported: boolean;
  /** The name form sent, for matching what comes back. */
  sentName: string;
};

/** A step that matched and could not be answered: the attribute's keyword, and a code for why. */
export type WorklistLeftOut = { stepId: string; keyword: string; why: string };

export type WorklistResult =
  | { status: 'ok'; answers: Iterable<WorklistAnswer>; leftOut: WorklistLeftOut[]; keys: Record<string, string> }
  /** `code` is the DIMSE status to answer (A900, Cxxx …); `why` is free of patient data. */
  | { status: 'refused'; code: number; why: string };

/** Answers one worklist query. `identifier` is the asked dataset in Implicit VR Little Endian, unchecked bytes from the wire. */
export type FindWorklist = (identifier: Uint8Array, device: DicomDevice) => WorklistResult;

/** A line for the technical log: codes and reasons, never patient data, never a UID. */
export type DoorLogEntry = {
  level: 'info' | 'warn' | 'error';
  code: string;
  remoteAddress?: string;
  callingAeTitle?: string;
  why?: string;
};
export type DoorLog = (entry: DoorLogEntry) => void;
