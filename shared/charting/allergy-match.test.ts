import { describe, expect, it } from 'vitest';
import { compareAllergies } from './allergy-match.ts';

const compare = (medicine: string, ...listed: string[]) =>
  compareAllergies(
    medicine,
    listed.map((substance) => ({ substance })),
  );

describe('an allergy and a medicine of the same name', () => {
  it.each([
    ['磺胺', '磺胺嘧啶'],
    ['碘', '碘海醇'],
    ['碘海醇', '碘'],
    ['青霉素', '注射用青霉素钠'],
    ['青霉素类', '青霉素V钾片'],
    ['青霉素过敏', '注射用青霉素钠80万单位'],
    ['注射用青霉素钠', '注射用青霉素钾'],
    ['青霉素', 'Penicillin 青霉素'],
    ['頭孢類', '頭孢克洛膠囊'],
    ['ペニシリン系', 'ペニシリンG'],
    ['ﾍﾟﾆｼﾘﾝ', '注射用ペニシリンGカリウム'],
    ['アスピリン', 'あすぴりん錠'],
    ['페니실린계', '페니실린 주사'],
    ['아스피린'.normalize('NFD'), '아스피린정 100mg'],
    ['เพนิซิลลิน', 'ยาเพนิซิลลินวี'],
    ['แพ้ยาซัลฟา', 'ซัลฟา'],
    ['ເພນີຊີລິນ', 'ຢາເພນີຊີລິນ'],
    ['ប៉េនីស៊ីលីន', 'ថ្នាំប៉េនីស៊ីលីន'],
    ['ပင်နီစလင်', 'ပင်နီစလင်ဆေး'],
    ['Łagodnicylina', 'Lagodnicylina 500 mg'],
    ['lagodnicylina', 'ŁAGODNICYLINA'],
    ['Pénicilline', 'penicilline'],
    ['Aspirin', 'aspirin 80 mg'],
    ['Penicillin', 'Amoxicillin/penicillin V'],
    ['penicillins', 'Benzylpenicillin'],
    ['Penicillin V', 'Phenoxymethylpenicillin'],
    ['Penisilin', 'Penicillin G'],
    ['amoxicillin', 'Amoksisilin sirup'],
    ['codeine', 'Kodein'],
    ['Sulfa', 'Sulfamethoxazole'],
    ['Sulpha', 'sulfametoksazol'],
    ['quinolones', 'kuinolon'],
    ['Amoxicillin', 'amox'],
    ['5-FU', '5-FU 500 mg'],
    ['Fe', 'tab Fe 60'],
    ['Sodium', 'natrium / sodium'],
    ['Vitamin B12', 'vit. B12'],
    ['Vitamin C', 'vitamin C 500 mg'],
    ['البنسلين', 'بنسلين'],
    ['Йод', 'Йодомарин'],
    ['йод', 'йода раствор'],
    ['पेनिसिलिन', 'पेनिसिलिन वी'],
  ])('%s is in %s', (listed, medicine) => {
    expect(compare(medicine, listed)).toEqual({ against: [listed], notRelated: [] });
    expect(compare(listed, medicine).against).toEqual([medicine]);
  });
});

describe('names that say nothing of each other', () => {
  it.each([
    ['Aspirin', 'acetylsalicylic acid'],
    ['Penicillin', 'Amoxicillin'],
    ['青霉素', '红霉素肠溶片'],
    ['阿莫西林胶囊', '头孢克洛胶囊'],
    ['氯化钾注射液', '氯化钠注射液'],
    ['阿片类', '维生素C片'],
    ['维生素B1', '维生素C'],
    ['青霉素', '阿奇霉素'],
    ['アスピリン錠', 'ロキソニン錠'],
    ['약', '타이레놀정'],
    ['Sulfa', 'Salbutamol sulfate'],
    ['Cat', 'Cataflam'],
    ['in', 'Insulin'],
    ['iron', 'Spironolactone'],
    ['opium', 'tiotropium'],
    ['Vitamin B1', 'Vitamin C'],
    ['Clavulanic acid', 'Folic acid'],
    ['Asam mefenamat', 'Asam folat'],
    ['Aspirin 500 mg', 'Paracetamol 500mg'],
    ['Obat sulfa', 'Obat batuk'],
    ['Penicillin G', 'Vitamin G'],
    ['Vitamin B', 'Amphotericin B'],
    ['Diclofenac sodium tablet', 'Warfarin sodium tablet'],
    ['5-FU', '5-ASA'],
    ['Aspirin', ''],
    ['Aspirin', '500'],
    ['花生', 'Aspirin'],
    ['?', '!'],
  ])('%s and %s', (listed, medicine) => {
    expect(compare(medicine, listed)).toEqual({ against: [], notRelated: [listed] });
    expect(compare(listed, medicine).against).toEqual([]);
  });
});

it('tells of each listed allergy whether it was related', () => {
  expect(compare('Penicillin V', 'Aspirin', 'penicillin', 'Latex')).toEqual({
    against: ['penicillin'],
    notRelated: ['Aspirin', 'Latex'],
  });
  expect(compare('Penicillin V')).toEqual({ against: [], notRelated: [] });
});
