import { deflateSync, crc32 } from 'node:zlib';

/** Invented people and figures, as the store would hand them to the templates. */
const site = {
  organizationName: 'Klinik Kemang',
  locationName: 'Kemang',
  addressLines: ['Jl. Kemang Raya 8', 'Jakarta Selatan 12730'],
  phone: '+62 21 555 0188',
  taxNumber: '01.234.567.8-061.000',
  locale: 'id-ID',
  timeZone: 'Asia/Jakarta',
};
const head = { number: 'K2-000148', status: 'final' as const, createdAtUtc: '2026-11-21T07:32:00.000Z' };

export const arabicPatient = {
  officialName: 'محمد العلي',
  latinName: 'Mohammed Al-Ali',
  sex: 'male' as const,
  birthDate: '1964-02-12',
  recordNumber: 'K-003982',
};
export const latinPatient = {
  officialName: 'Yohanes Patty',
  sex: 'male' as const,
  birthDate: '1979-05-02',
  recordNumber: 'K-002745',
};
export const mononym = { officialName: 'Suharto', sex: 'male' as const, birthDate: '1950', recordNumber: 'K-000007' };
export const japanesePatient = {
  officialName: '山田 花子',
  latinName: 'Yamada Hanako',
  sex: 'female' as const,
  birthDate: '2026-11-02',
  recordNumber: 'K-004001',
};
export const koreanPatient = {
  officialName: '이민준 (李敏俊)',
  latinName: 'Lee Min-jun',
  sex: 'male' as const,
  birthDate: '2025-09-30',
  recordNumber: 'K-004002',
};
export const cyrillicPatient = {
  officialName: 'Иван Сергеевич Петров',
  latinName: 'Ivan Petrov',
  sex: 'male' as const,
  birthDate: '1988-07',
  recordNumber: 'K-004003',
};
export const longNamePatient = {
  officialName:
    'Raden Mas Adipati Ario Kusumadiningrat Wirasentika-Hadiningrat Suryaningprang bin Raden Ngabehi Poerbatjaraka Notonagoro Djojodiningrat',
  sex: 'unknown' as const,
  recordNumber: 'K-004004',
};

/** A grey gradient as PNG, built here so that no file is needed. */
export function gradientPng(width: number, height: number): Uint8Array {
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = (x * 255) / width;
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const crc = Buffer.alloc(4);
    crc.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, crc]);
  };
  const ihdr = Buffer.alloc(13);
  ihdr.writeUInt32BE(width, 0);
  ihdr.writeUInt32BE(height, 4);
  ihdr.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return new Uint8Array(
    Buffer.concat([signature, chunk('IHDR', ihdr), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]),
  );
}

const text = (value: string): { kind: 'text'; text: string } => ({ kind: 'text', text: value });

export const report = {
  site,
  head,
  patient: arabicPatient,
  study: {
    modality: 'CT',
    description: 'CT head, plain',
    startedAtUtc: '2026-11-21T06:48:00.000Z',
    accessionNumber: 'K2-000871',
  },
  referringPractitioner: 'Dr Budi Santoso',
  reportingPractitioner: { name: 'Dr Made Aryana, Sp.Rad', credentials: 'Radiologist, SIP 446/2024' },
  sections: {
    clinicalQuestion: [text('Headache 3 days, word-finding trouble since yesterday. New infarct?')],
    technique: [text('CT head without contrast, 5 mm. No contrast: listed allergy. Compared with 8 Mar 2024.')],
    findings: [
      text('Low density in the left posterior temporal lobe, '),
      { kind: 'measurement' as const, value: '46.0 mm', series: 2, image: 27 },
      text(
        ' long, with loss of volume. Unchanged since 2024, so old. No new loss of grey–white border. No bleeding. Ventricles wide for age, midline in place. Sinuses and mastoids clear.\nPrevious report in Arabic: الجرعة ١٤ ملغ (مرتين) يوميا.\nالمريض محمد العلي (12) لديه صداع منذ ٣٫٥ أيام، بدون نزيف (CT).',
      ),
    ],
    impression: [
      text(
        '1. Old left posterior temporal infarct, unchanged, which explains the trouble in finding words; clinical follow-up as before, and control in one year.\n2. No bleeding, no new infarct on CT.\n١. احتشاء قديم (CT) دون تغيير.',
      ),
    ],
  },
  measurements: [
    { label: 'Length', value: '46.0 mm', series: 2, image: 27 },
    { label: 'Density', value: '18 ± 6 HU', series: 2, image: 25 },
  ],
  images: [
    { bytes: gradientPng(64, 64), caption: '2:27 Brain, length 46.0 mm' },
    { bytes: gradientPng(128, 64), caption: '2:25 Brain' },
    { bytes: gradientPng(64, 128), caption: '3:80 Bone' },
  ],
  finalizedAtUtc: '2026-11-21T07:05:00.000Z',
  addenda: [
    {
      author: { name: 'Dr Sari Wulandari', credentials: 'Radiologist' },
      writtenAtUtc: '2026-11-21T18:20:00.000Z',
      text: 'Seen together with neurology on 22 Nov. No change to the impression.',
    },
  ],
};

export const invoice = {
  site,
  head,
  patient: latinPatient,
  currency: 'IDR',
  issuedDay: '2026-11-21',
  dueDay: '2026-11-28',
  visitedAtUtc: '2026-11-21T06:15:00.000Z',
  lines: [
    {
      description: 'CT perut polos',
      patientDescription: 'CT belly, plain',
      detail: 'Dr Sari · 21 Nov 13.15 · CT 1',
      quantity: 1,
      unitPriceMinor: 1_750_000,
      amountMinor: 1_750_000,
      taxMode: 'none' as const,
    },
    {
      description: 'Pembacaan radiologi',
      patientDescription: 'Reading by radiologist',
      quantity: 1,
      unitPriceMinor: 400_000,
      amountMinor: 400_000,
      taxMode: 'none' as const,
    },
    {
      description: 'Gambar di USB',
      patientDescription: 'Images on USB stick',
      quantity: 1,
      unitPriceMinor: 50_000,
      amountMinor: 50_000,
      taxMode: 'exclusive' as const,
      taxName: 'PPN',
      taxRatePercent: '11',
    },
  ],
  subtotalMinor: 2_200_000,
  discounts: [{ name: 'Anggota 2026, 10 % pembacaan', amountMinor: -40_000 }],
  taxes: [{ name: 'PPN', ratePercent: '11', mode: 'exclusive' as const, baseMinor: 50_000, taxMinor: 5_500 }],
  roundingRule: 'half-up' as const,
  cashRounding: { stepMinor: 500, amountMinor: 0 },
  totalMinor: 2_165_500,
  payments: [],
  refunds: [],
  balanceMinor: 2_165_500,
};

export const receipt = {
  ...invoice,
  paper: 'A5' as const,
  isCopy: false,
  invoiceNumber: 'K2-000147',
  issuedAtUtc: '2026-11-21T07:32:00.000Z',
  patientLanguage: 'en' as const,
  cashierName: 'Dewi Kusuma',
  payments: [
    {
      method: 'card' as const,
      reference: 'Debit BCA ··4417',
      paidAtUtc: '2026-11-21T07:31:00.000Z',
      amountMinor: 1_500_000,
    },
    {
      method: 'cash' as const,
      paidAtUtc: '2026-11-21T07:32:00.000Z',
      amountMinor: 715_500,
      givenMinor: 750_000,
      changeMinor: 34_500,
    },
  ],
  refunds: [
    {
      number: 'K2-000149',
      method: 'cash' as const,
      refundedAtUtc: '2026-11-21T08:10:00.000Z',
      amountMinor: 50_000,
      reason: 'USB tidak terbaca',
    },
  ],
  balanceMinor: 0,
};

/** An invoice of many lines whose sums are right. */
export function longInvoice(count: number): typeof invoice {
  const lines = Array.from({ length: count }, (_, index) => ({
    description: `Fisioterapi sesi ${index + 1}`,
    patientDescription: `Physiotherapy session ${index + 1}`,
    quantity: 1,
    unitPriceMinor: 250_000 + index,
    amountMinor: 250_000 + index,
    taxMode: 'none' as const,
  }));
  const totalMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0);
  return {
    ...invoice,
    lines,
    subtotalMinor: totalMinor,
    discounts: [],
    taxes: [],
    cashRounding: { stepMinor: 1, amountMinor: 0 },
    totalMinor,
    balanceMinor: totalMinor,
  };
}

export const dayClose = {
  site,
  head: { ...head, number: 'K2-D0042' },
  day: '2026-11-21',
  stationName: 'K2 front desk',
  currency: 'IDR',
  appointments: { booked: 31, walkIn: 4, completed: 28, noShow: 3, cancelled: 4 },
  revenue: { invoicedMinor: 14_265_000, discountsMinor: -240_000, taxesMinor: 61_500, refundsMinor: 50_000 },
  payments: [
    { method: 'cash' as const, count: 9, amountMinor: 4_120_000 },
    { method: 'card' as const, count: 4, amountMinor: 6_245_000 },
    { method: 'qris' as const, count: 1, amountMinor: 1_500_000 },
  ],
  cash: {
    openingFloatMinor: 500_000,
    expectedMinor: 4_570_000,
    countedMinor: 4_565_000,
    differenceMinor: -5_000,
    note: 'Kembalian Rp 5.000 kurang pada K2-000141, pasien محمد العلي (12).',
  },
  closedByName: 'Dewi Kusuma',
  closedAtUtc: '2026-11-21T11:05:00.000Z',
};

const slot = (start: string, end: string) => ({
  startsAtUtc: `2026-11-21T${start}:00.000Z`,
  endsAtUtc: `2026-11-21T${end}:00.000Z`,
});
const appointments = [
  {
    ...slot('02:00', '02:30'),
    patient: arabicPatient,
    phone: '+62 812 5550 101',
    service: 'CT head, plain',
    roomName: 'CT 1',
    allergies: { state: 'listed' as const, items: ['Contrast media', 'Aspirin', 'البنسلين'] },
  },
  {
    ...slot('01:00', '01:20'),
    patient: japanesePatient,
    phone: '+62 812 5550 102',
    service: 'Vaccination',
    roomName: 'Room 2',
    allergies: { state: 'noneKnown' as const },
  },
  {
    ...slot('03:00', '03:20'),
    patient: longNamePatient,
    phone: '+62 812 5550 103, +62 812 5550 104 (anak)',
    service: 'Follow-up',
    note: 'Wheelchair',
    allergies: { state: 'notAsked' as const },
  },
  {
    ...slot('04:00', '04:20'),
    patient: koreanPatient,
    phone: '+62 812 5550 105',
    service: 'Ultrasound',
    allergies: { state: 'unknownHere' as const },
  },
  {
    ...slot('05:00', '05:20'),
    patient: mononym,
    phone: '+62 812 5550 106',
    service: 'Follow-up',
    allergies: { state: 'noneKnown' as const },
  },
  {
    ...slot('06:00', '06:20'),
    patient: cyrillicPatient,
    phone: '+62 812 5550 107',
    service: 'X-ray chest',
    allergies: { state: 'noneKnown' as const },
  },
];
export const dayList = {
  site,
  head,
  day: '2026-11-21',
  practitionerName: 'Dr Sari Wulandari',
  appointments,
  knownAtUtc: '2026-11-21T00:10:00.000Z',
};
export const downtimePack = {
  site,
  head,
  stationName: 'K2 front desk',
  knownAtUtc: '2026-11-21T00:10:00.000Z',
  today: {
    day: '2026-11-21',
    practitioners: [
      { name: 'Dr Sari Wulandari', appointments },
      { name: 'د. ليلى حسن', appointments: appointments.slice(0, 2) },
    ],
  },
  tomorrow: { day: '2026-11-22', practitioners: [{ name: 'Dr Budi Santoso', appointments: [] }] },
};
