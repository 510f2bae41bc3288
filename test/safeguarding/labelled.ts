import type { IdentifierKind } from '../../src/safeguarding/finding.ts';

/**
 * What may identify somebody, as people in Britain write it: each value in several writings, behind several cues, inside
 * prose. Numbers are Ofcom's for drama and test numbers; nobody has them.
 */
export type Labelled = {
  kind: IdentifierKind;
  text: string /** Left out: all of it, or nearly. */;
  what?: string;
};

/** Around a cue and what it announces. */
const carriers = [
  (said: string) => said,
  (said: string) => `Spoke to mum today, ${said}.`,
  (said: string) => `I still think about the visit (${said}) and how quiet it was.`,
  (said: string) => `Handover: ${said}; review next week.`,
  (said: string) => `- ${said}\n- feeling tired after supervision`,
  (said: string) => `${said}, she said, and then the line went dead.`,
];

function each(kind: IdentifierKind, cues: readonly string[], writings: readonly string[]): Labelled[] {
  return cues.flatMap((cue, row) =>
    writings.map((what, column) => ({
      kind,
      what,
      text: carriers[(row * 5 + column) % carriers.length]?.(cue + what) ?? '',
    })),
  );
}

/** Once each, as they come; a few of them are not caught. */
const alone = (kind: IdentifierKind, texts: string): Labelled[] =>
  texts
    .replace(/\n +/g, '')
    .trim()
    .split('|')
    .map((text) => ({ kind, text: text.trim() }));

// biome-ignore format: tables of cues and writings
export const identifiers: readonly Labelled[] = [
  ...each('phone',
    ['', 'tel ', 'Tel.', 'Tel: ', 'T: ', 'M: ', 'mobile ', 'mob:', 'phone\t', 'ring her on ', 'Jane,', 'no.', 'WhatsApp:', 'her number is ', '1. ', 'Flat 3,', 'call/text '],
    ['07700900123', '07700 900123', '07700 900 123', '077 0090 0123', '07700-900123', '07700.900.123', '07700/900123',
      '07700 / 900123', '(07700) 900123', '0 7700 900123', '07700  900123', '07700\t900123', '07700\u00a0900\u202f123',
      '07700–900123', '07700 - 900 - 123', '07700,900123', '+44 7700 900123', '+447700900123', '447700900123',
      '44 7700 900123', '0044 7700 900123', '+44 (0)7700 900123', '(+44) 7700 900123', '+44-7700-900123',
      '020 7946 0123', '02079460123', '(020) 7946 0123', '020-7946-0123', '0207 946 0123', '+44 20 7946 0123',
      '01632 960123', '(01632) 960 123', '0113 496 0123', '0113\u00a0496\u00a00123', '020 7946 0123 ext 45',
      '020 7946 0123x45', '01632 960123 ext. 4521', '+33 6 12 34 56 78']),
  ...each('phone',
    ['mobile ', 'mob: ', 'Mob.', 'tel ', 'Tel.', 'phone number ', 'ring him on ', 'text ', 'called her on ', 'contact no. '],
    ['7700 900123', '7700900123', '7700 900 123', '7700-900123', '7700\t900123', '20 7946 0123', '1632 960123', '07 70 09 00 12 3']),
  ...each('nhs-number',
    ['NHS number ', 'NHS number: ', 'NHS no.', 'NHS No: ', 'NHS no ', 'NHS #', 'NHS:', 'NHS ', 'NHS', 'N.H.S. number ', 'patient number ', 'hospital no ',
      'her no. ', 'NHS number\t', 'NHS number is ', 'NHS num=', 'the NHS number of the boy we talked about on Tuesday is '],
    ['943 476 5919', '9434765919', '943-476-5919', '943.476.5919', '943  476  5919', '943\t476\t5919', '943\u00a0476\u00a05919',
      '943 – 476 – 5919', '9434 765919', '4010232137', '401 023 2137']),
  ...each('nhs-number', ['', 'seen with ', 'Jane,', 'Jane Example\t'], ['943 476 5919', '943-476-5919', '943  476  5919', '401 023 2137', '943\u2011476\u20115919']),
  ...each('ni-number',
    ['', 'NI ', 'NI number ', 'NI no.', 'NINO:', 'NI: ', 'National Insurance number: ', 'N.I. number ', 'Nat Ins ', 'Jane,'],
    ['AB123456C', 'AB 12 34 56 C', 'AB 123456 C', 'AB-12-34-56-C', 'AB12 3456C', 'AB.12.34.56.C', 'AB\t12\t34\t56\tC', 'AB\u00a012\u00a034\u00a056\u00a0C',
      'ab123456c', 'CE 123 456 A']),
  ...each('ni-number', ['NI ', 'NI number ', 'NI number is ', 'NI no.', 'NINO: ', 'National Insurance number\t', 'N.I.: '],
    ['AB 12 34 56', 'AB123456', 'AB 123 456', 'ab 12 34 56 c', 'QQ 12 34 56 C', 'TN 12 03 99 F']),
  ...each('birth-date',
    ['DOB ', 'DOB: ', 'DOB', 'D.O.B. ', 'D.O.B:', 'D/O/B ', 'd.o.b ', 'D O B ', 'DoB-', 'DOB\t', 'DOB:\n', 'DOB = ', 'DOB (child): ', 'DOBs: ',
      'date of birth ', 'date of birth: ', 'Date of Birth is ', 'birth date ', 'birthdate: ', 'born ', 'born on ', 'was born on the ', 'born at home on ',
      'her birthday is ', 'birthday: ', 'birthday is on Thursday '],
    ['12/03/2015', '12-03-2015', '12.03.2015', '12/03/15', '12 / 03 / 2015', '2015/03/12', '2015-03-12', '2015.03.12', '12 March 2015',
      '12th March 2015', '12th of March, 2015', '12/Mar/2015', '12-Mar-15', '12Mar2015', '12.March.2015', 'March 12, 2015', 'Mar 12th 2015', "12 March '15", '3/4/14']),
  ...each('birth-date', ['DOB ', 'D.O.B. ', 'date of birth: '], ['12 03 2015', '12032015', '120315', '12/03', '12 March']),
  ...['12/03/2015', '12 March 2015', '2015-03-12'].flatMap((what) =>
    [`${what} (DOB)`, `${what}, DOB`, `${what} is her birthday`, `${what} – date of birth`, `${what} was his date of birth`].map(
      (text): Labelled => ({ kind: 'birth-date', what, text }))),
  ...each('postcode',
    ['', 'postcode ', 'Postcode:', 'lives at ', 'London ', 'London,', 'moved to ', '12 Example Road, ', 'lives near the school at ', 'Flat 3\t'],
    ['E8 1EA', 'E81EA', 'e8 1ea', 'E8  1EA', 'E8\t1EA', 'E8\u00a01EA', 'EC1A 1BB', 'SW1A 2AA', 'n16 5ab', 'W1A0AX', 'E8-1EA']),
  ...each('postcode', ['postcode ', 'post code: '], ['e81ea', 'sw1a2aa']),
  ...each('email',
    ['', 'email ', 'e-mail:', 'Jane,', 'mailto:', 'write to <', 'Jane Example\t'],
    ['jane.doe@example.org', 'JANE@EXAMPLE.CO.UK', "jo.o'hara@example.org", 'jane_99+x@mail.example.co.uk', 'jane(at)example.org', 'jane [at] example.org', 'jane@example.org']),
  ...each('case-number',
    ['Mosaic ', 'Mosaic ID: ', 'Mosaic no.', 'hospital no. ', 'hospital number\t', 'Hospital No:', 'case ref ', 'case no.', 'case number is ', 'RiO ', 'RiO number ', 'MRN:',
      'UPN ', 'patient id ', 'our ref: ', 'Ref no. ', 'reference number: ', 'crime ref ', "child's ID ", 'service user no ', 'EMIS#'],
    ['1234567', 'H1234567', 'AB-12345', '12/34567', 'CS/2024/1234', '00123456']),
  ...each('name',
    ['a little girl called ', 'mum is called ', 'a boy called ', 'a child named ', 'her name is ', "the baby's name was ", 'a mother named '],
    ['Amira', 'Hope', 'Zoë-Łucja', 'Grace Example']),
  ...alone('phone', `
    Mob. 07700 900123|mobile:07700900123|m. 07700 900 123|(0)20 7946 0123|+44.7700.900.123|
    +44 (0) 7700 900 123|tel no 020 7946 0123 (home)|07700 900123/07700 900124|07700900123 & 07700900124|
    ph:07700900123|Telephone07700900123|07700-900123,07700-900124|0044(0)7700900123|44-7700-900123|
    0113-4960123|020 7946 0123 ext.12|020 7946 0123, ext 12|020 7946 0123 extension 12|020 7946 0123 #12|
    7700 900123 is her mobile|her mobile (7700 900123)|mobile is 7700 900123|Mobile number:7700900123|
    mum (07700 900123)|07700 900123?|'07700900123'|*07700900123*|_07700900123_|07 700 900 123|0770 090 0123|
    tel:+447700900123|phone=07700900123|00 44 7700 900123|[07700 900123]|T:020 7946 0123 M:07700 900123|
    07700 900123 x 2|7700900123 (mobile)|mobile no 7700-900-123|07700–900–123|07700 900123ext4|
    call her back on 7700 900 123 please|0770 0900 123|07700 900\u00a0123|Mobile\u00a0: 07700900123|
    Jane:07700900123|Jane-07700900123|Jane/07700900123|Jane;07700900123|(Jane)07700900123|Jane’s07700900123|
    tel. +44(0)20 7946 0123|+44 020 7946 0123|telephone: 02079 460123|07700 900123;07700 900124|
    a. 07700900123|1) 07700900123|#07700900123|~07700900123|Jane07700900123|07700900123Jane|
    [07700]900123|07700*900*123|07700~900123|07700'900'123`),
  ...alone('nhs-number', `
    NHS:9434765919|NHSNo9434765919|nhs no. 943-4765919|NHS Number – 943 476 5919|
    9434765919 is her NHS number|NHS No. (943 476 5919)|NHS 943 4765919|NHS number:\n943 476 5919|
    943 476 5919 / 401 023 2137|NHS 9 4 3 4 7 6 5 9 1 9|NHS 94 34 76 59 19|NHS Num.9434765919|
    NHS-9434765919|NHS/9434765919|NHS no;9434765919|her NHS number was written on the form as 9434765919|
    943_476_5919 NHS|NHS No. 943,476,5919|patient no.9434765919|nhs#9434765919|NHS\t9434765919|NHS number\u00a09434765919|943\u2007476\u20075919`),
  ...alone('ni-number', `
    NI: AB123456C|N.I. AB 12 34 56 C|NI no AB/12/34/56/C|AB 12 34 56 C is his NI number|
    NI number is ab123456c|NINO AB 12 34 56|AB 12 34 56 (NI)|NI.AB123456C|NI#AB123456C|NI-no: AB 12 34 56 D|
    National Insurance No AB 12 34 56 C|Nat. Ins. no. AB123456|nino ab123456c|
    NI number\u00a0AB\u00a012\u00a034\u00a056|NI num AB12 34 56|NI number:AB123456|ni number ab 12 34 56|
    N.I. no AB12 3456|NI noAB123456C|NINOAB123456C|NI AB_12_34_56_C`),
  ...alone('birth-date', `
    DOB 12 March|DoB 12.3.15|D.O.B 12-3-2015|d.o.b.12/03/2015|DOB - 12th March 2015|DOB 12-MAR-2015|
    DOB: 2015-3-12|DOB 12/March/2015|DOB: Thursday 12 March 2015|born Thursday 12th March 2015|
    born in Hackney on 12 March 2015|(b. 12/03/2015)|b. 12 March 2015|birthday 12/03/2015|
    her birthday is on the 12th of March|12/03/15 d.o.b.|DOB=12032015|DOB 12\\03\\2015|
    Date of birth (12/03/2015)|date-of-birth 12/03/2015|D/O/B:12/03/2015|DOB;12/03/2015|DOB,12/03/2015|
    DOB/12/03/2015|DOB–12/03/2015|DOB 12/3/2015|dob 2015/3/12|DOB: 12/Mar/15|DOB 12 Mar|D. O. B. 12/03/2015|
    D.o.b 12th of Mar 2015|Child's DOB is the 12th March|DOBs: 12/03/2015 and 14/05/2017|
    DOB\u00a012/03/2015|DOB#12/03/2015|DOB [12/03/2015]|born the 12th March 2015|Birth date 12.03.2015|
    DOB12March2015|DOB 2015 03 12|DOB 12/03/2015/14/05/2017|D.O.B12/03/2015|d/o/b12/03/2015|
    was born on 12/03|birthday's on 12 March|b'day 12 March|bday: 12/03/2015|date birth 12/03/2015|birth: 12/03/2015|birthday on 12/03|date.of.birth 12/03/2015|Date_of_birth: 12/03/2015|dateofbirth 12/03/2015|
    DOB on file 12/03/2015|Year 4, DOB 12-03-15.`),
  ...alone('postcode', `
    E8 1EA.|N1 9GU|lives at 12 Example Road N16 5AB|Postcode E8 1EA|postcode: e81ea|E8,1EA|post-code E8 1EA|
    SE1 7PB|NW1 6XE|WC2N 5DU|b1 1aa|Ln6 7ts|home address E8 1EA`),
  ...alone('email', `
    jane@example.org|jane @ example.org|JANE.EXAMPLE@TRUST.EXAMPLE.NET|jane.example@council.example.co.uk|<jane@example.org>|
    jane(at)example.org|jane at example dot org|jane [at] example [dot] org|jane@example dot co dot uk|
    jane@example.org;jo@example.org`),
  ...alone('case-number', `
    Mosaic: 1234567|hospital number:H123456|Case No 2024/1234|RiO:1234567|Mosaic ID1234567|MRN 123 4567|
    Hosp. no. 1234567|case-number 12345|Case ID 12345|CP case 12345|EHCP no 12345|Ref: HAC12345|
    LAC number 12345|ICS number 1234567|UPN: A123456789012|crime number 4600123/24|crime ref: 01/12345/24|CAD 1234|NHS case 12345|
    Patient ID: 123456|pt no 12345|SystmOne ID 1234567|Framework-i 123456|LAC ref 12345|Liquidlogic: 654321`),
];

/** A page of the field in which nobody is named: law, ages, times, doses, helplines, services, money, years. */
export const harmless: readonly string[] = `
The section 47 enquiry began after the strategy meeting, and s47 2nd review is due.
We used s.17 and s.20 powers, then S47 2ND REVIEW, under the Children Act 1989.
Regulation 44 visits, Reg 45 reports and paragraph 2.14 of Working Together 2023.
EYFS 2024, areas 1 to 7, and the progress check at 24 to 36 months.
KS1 2nd, KS2 1st and Year 4, Year 5 and Year 6.
The EHCP runs for 20 weeks; week 6, week 16 and week 20 matter most.
Ages 0-5, 5-11 and 11-19; the twins are 2½ and the eldest is 14.
Aged 10, 11, 12 and 13; 3 in 10 children in the group were under 5.
She was born 3 weeks early and came to us at 18 months.
A baby born early, seen on 12 May and again on 3 June.
He was born in 2014, the year of the first review.
The baby born last week was seen on 12 May.
Children born after 1 September 2019 can have 30 hours from 1 April 2024.
Children born between 1 September 2015 and 31 August 2016 start Year 4.
Date of birth not known, seen on 12 May.
Date of birth is needed by 3 May, before the panel.
The dates of birth between 01/09/2015 and 31/08/2016 are the Reception cohort.
The birthday party on 3 May was the first time I saw him laugh.
We planned a birthday tea for 14 June and a birthday card by 3 May.
3 May birthday party, 4 May supervision.
Her birthday cake was eaten before 12 noon on 3 May.
Mum's 21st birthday lunch is on 4 June.
We met on 3/4/2014 and 3 April, then on 12.05.2024 and 2024-06-01.
Sessions: 01/02/24, 08/02/24, 15/02/24 and 22/02/24.
Meetings on 01/02/2024 10:30 and 03/04/2024 14:00.
From 01.02.24 to 03.04.24, then 05-06-24 to 07-08-24.
A week 01 02 03 04 05 of the diary was blank.
Weeks 01 02 03 04 05 06 and weeks 07-08-09-10-11.
We 10 20 30 a day, and in 10 20 30 minutes it was over.
Rota 0800 1600, 0900 1700, 0730-1530 and 2000-0800.
Open 0900-1200 and 1300-1630, closed 24 to 26 December.
From 09:30 to 10:45, then 11.15-12.00, then 2pm to 4.30pm.
It took 10 minutes at 08.15, 15 at 12.30 and 20 at 17.45.
Calpol 120 mg/5 ml, 2.5 ml up to 4 times in 24 hours.
Sertraline 50 mg to 100 mg, 0.5 mg lorazepam, 10 000 units of vitamin D.
Melatonin 2 mg, methylphenidate 18 mg, 36 mg or 54 mg a day.
Weight 3.245 kg, head 34.5 cm, temperature 37.8, heart rate 120, 130, 140.
BP 120/80, 130/85; GAD-7 12, PHQ-9 17, SDQ 17, EPDS 13, ACE score 4.
Bottle: 210 ml every 3 to 4 hours, 7 scoops, 1 in 30.
In danger ring 999, or 101, or NHS 111 option 2, at any time.
Samaritans are on 116 123, Childline on 0800 1111, or text SHOUT to 85258.
The domestic abuse helpline is 0808 2000 247, free, 24 hours a day.
The NSPCC helpline is 0808 800 5000 and the Men's Advice Line 0808 801 0327.
The council line 03069 990123 and the advice line 0808 157 0123 are open 9 to 5.
Text SHOUT to 85258; the phone rang 3 times between 10.00 and 11.30.
Call between 10 and 12 on 2 or 3 days; the mobile team comes 24/7.
The phone number is on the board. 12 30 45 60 minutes later I rang.
I phoned 10 times in 2019 and 20 times in 2020.
I text on Mondays, 7 of 10 answer, 3000 messages a year.
The number of calls was 1200 in 2019, 1400 in 2020 and 1600 in 2021.
The children's centre is at 1 Example Street, London E8 1EA.
Supervision is in the library, 12 Example Road, N16 5AB, on Tuesdays.
The CAMHS clinic moved: Example Health Centre, 3 Example Lane, E5 0AB.
Families meet at the Town Hall, Example Street, E8 1EA.
E8, E9, N1, N16 and EC1 have the longest waits; families in E5 waited less.
Room B12, bus 38, platform 2B, flat 3, floor 4 and door 1a.
In s1 4hr of teaching, in s2 3hr; PIP 2nd, CIN 1st and LAC 3rd reviews.
The grant was £1,250,000 over 2019/20, 2020/21 and 2021/22.
Budgets of £12,500.00, £7,700,900 and £0.75 an hour; 10 000 families.
Cost centre 410023 and £165,900,000,000 for the NHS in 2023/24.
The NHS spent 1 200 000 000 in 2021 and 1 300 000 000 in 2022.
NHS staff: 1,297,455 in 2021; NHS trusts: 215; NHS waiting list: 7,600,000.
Invoice number 9434765919 and ticket number 9434765919 are unpaid.
Order no. 07700900123 and invoice no. 01632960123 were mixed up.
The ISBN is 978-0-123456-47-2 and the DOI is 10.1000/182.
Grant reference 2019/20, job ref 12 and course code 3041.
Charity no. 1234567, company number 01234567, Ofsted rated 2 in 2019.
Figures 1989, 2004, 2014 and 2023; the 1970s, the 1980s and 2010-2020.
In 2019 2020 2021 2022 the numbers rose by 10 20 30 40 per cent.
100 200 300 4000 and 1000 2000 3000 visits in each year.
Slack ids U07700900123 and T9434765919, a thread at 1712345678.123456.
See https://example.org/p/943/476/5919?nhs=943 and www.example.org/07700900123.
Version 0.1.2, chapter 12.3.4, table 2.1.1, figure 10-20.
50/50, 24/7, 9-5, 1:1, 2:1, 3x5 and 4 by 4.
Case 3 of 12, case study number one, client 1 and client 2, child 1 of 3.
File note 3, referral 2 of 4, record no 12, patient 3 in the study.
On Mosaic 2024 we saw 12 teams; EMIS 2023 was slow.
The reference group met 12 times, ref 12 and ref 14 in the list.
Code C++, A4 paper, B12 tablets, H2O, PM2.5, COVID-19 and 4G.
NI 10 20 30 per cent, Wales 5 10 15, Scotland 1 2 3.
In NI we saw 12 teams; in NI 2023 was better.
It is AB 12 34 56 in the old filing list, and BG123456C in the other.
Do B 3 first, then A 4; do 3 of them by 4 May.
Me @ work, @here and @channel, prices @ 3 for £2.
A mother called Childline, dad called Social Services, and I called the GP.
A boy called out, a girl called again, a child named no one.
It is called Working Together, named after nobody, and her name was never used.
The child was called in at 10, and the worker named three worries.
Hope, Grace, Will, May, Rose and Summer are words here: I hope we will in May.
May 3 of us go? March 12 of them came. April 4 was quiet.
On the 12th, the 14th and the 21st we had groups of 12, 14 and 21.
The 4th, 5th and 6th sessions of 2026; the 1st of 12.
Mileage 12,045 to 12,310; parking 3.50; oyster 2 x 1.75.
Register: 12/15, 13/15, 15/15, 14/15, 11/15 this half term.
The score went from 12/20 to 15/20, then 07/20 and 09/20.
Scale 0 1 2 3 4 5 6 7 8 9 10, most said 7 8 9.
0 0 0 1 1 2 3 5 8 13 were the counts for the ten weeks.
20 30 40 50 60 minutes, 1 2 3 4 5 6 times.
Group sizes 12 14 16 18 20, then 22 24 26 28 30.
Bleep 1234, extension 4521, room 0123, locker 07.
Bus 253, 254 and 106; train 0742 from 2, 0812 from 3.
Door code changes on 01/03, 01/06, 01/09 and 01/12.
Term dates: 04/09/24-20/12/24, 06/01/25-04/04/25, 22/04/25-22/07/25.
Half term 28/10-01/11; INSET on 02/09, 03/09 and 06/01.
Hours: 37.5 a week, 7.5 a day, 0.6 FTE, 0.8 WTE, 1.0 in all.
Minutes 00:12:30 to 00:45:10 of the recording; 1h 20m in all.
She is a band 6, I am a band 7; 3 of 12 posts are empty.
Between 1 in 4 and 1 in 3; p < 0.05; n = 1234; CI 1.02-1.45; OR 2.3.
The 0-19 service saw 10,432 in 2022-23 and 11,020 in 2023-24.
The 2 o'clock slot moved to 01.30, 02.30 and 03.30.
Week 01/02/03 of the diary, then 04/05/06.
Registers for 01-02-2024, 08-02-2024 and 15-02-2024 are in.
From 0-2 2-5 5-11 11-19 the pathway changes.
We have 07 08 09 10 11 12 on the grid.
Tel Aviv 10 20 30 40 50.
I called 10 families, 20 schools and 7000 others.
The text was 1500 words in 2019, 2000 in 2020.
Ring fenced 1250000000 for 2024.
Phone contact fell from 7700 to 6500 in 2023 and 5400 in 2024.
Phone calls: 120 130 140 150 160 170.
Mobile crèche 10.00-12.00, 13.00-15.00.
The mobile unit has 7 rooms, 12 staff and 3000 visits.
About 7,700,900,123 seconds.
NHS 111 took 1234567890 calls.
NHS England's 10 year plan 2019-2029.
The NHS pays 1 250 000 000 a year.
NHS trust 2019/20 2020/21 2021/22.
Hospital stays: 12 14 16 18 20 days.
Patient safety 2020 2021 22.
Health visitors do 5 checks: 10-14 days, 6-8 weeks, 9-12 months, 2-2.5 years.
She turned 5 on 12 March and started school.
Christmas was born of a need, 12 May.
He was born at 36 weeks; I met them on 12 May.
She was born in hospital and the review was on 12 May.
When the baby was born I was on leave until 12 May.
Born in the UK, arrived 12 May 2019.
The project was born on a Tuesday, and funded from 1 April 2024.
The birthday book was due 3 May.
It was my birthday so on 3 May I was away.
A birthday on a weekday, and 3 May is one.
3 May, a birthday party, was a good day.
Record the date of birth, then the date seen: 12/05/2024.
The DOB box was empty on 12 May.
No DOB given; visited 12/05/2024.
DOB not on file. Seen 12/05/2024.
DOB to follow by 12 May.
Case conference 12/05/2024, case discussion 3 of 12.
Case 12 was about neglect; case studies 1-4.
The file has 1200 pages, the record 3 volumes.
Referrals: 1234 in 2022, 1340 in 2023.
Client numbers: 1234, 1345, 1456.
Child numbers 2,345 in 2021.
The pupil number on roll is 1234.
Crime figures 2019 12345.
Refs 1, 2 and 3; ref. 12 of the list; reference 4.
Reference year 2019/20.
In any case 10000 people came.
ID badges cost £3.50; ID 3 of 4.
E8 2nd floor, N1 3rd door, E5 4th house.
SW1 1st XI; B1 2nd; S17 1st.
In E2 3 wards, in N4 5 schools.
W1 2hr, E1 3pm, N1 9am.
B12 3AM and E3 5PM on the rota.
M1 1AM to 2AM.
Regs 2018, reg 5, sch 2, para 12(3)(b).
GDPR Art 6(1)(e) and Art 9(2)(h).
Sort the 01-02-03 folders first.
ISBN 0-123456-47-9, ISSN 0123-4567.
£0.12345678901 per unit.
Version 01.02.03.04.05 of the form.
IP 192.168.001.002, 10.0.0.1.
Coordinates 51.5450, -0.0553.
0.123456789012 and 1.07700900123.
Timestamp 20240512103000 and 2024-05-12T10:30:00Z.
Page 01234 of 56789.
Barcode 5012345678900.
Grid reference TQ 345 847.
UPRN 100021040000.
The SDQ was 01 12 13 14 15 16 17.
Scores 0 7 7 0 0 9 0 0 1 2 3.
NI is part of the UK; in NI AB 3 of 4.
In NI we met 12 34 56 people.
We 12 34 56 c.
By 10 20 30 a.
On 12 34 56 c and at 10 20 30 d.
Bring 3-5 kg; ring 10-12; call 24-48 hours.
Email me @ 3, or @home.
see page@2 and x@y.
Doses at 08:00, 14:00, 20:00 and 02:00.
Methadone 30 mg/30 ml, 10mg/ml; insulin 0.05 units/kg/h.
Paracetamol 15 mg/kg 4-6 hourly, max 60 mg/kg/24 h.
Working Together 2018, 2020, 2023 and KCSIE 2021-2024.
Section 47(1)(b), s.11, s.17(10), s.31A, s.1(3).
Tax year 2023-24, 6/4/2023 to 5/4/2024.
Half-term 12-16 Feb, 27-31 May, 21-25 Oct.
We met 3/5, 10/5, 17/5 and 24/5.
My bus is the 253 at 07:42; the 0742 to 1600.
In 07/24 we began, 08/24 we stopped, 09/24 we wrote.
From 01/24 02/24 03/24 04/24 05/24.
Costs 0100 in January, 0200 in February.
Years 01 02 03 04 05 06 07 08 09 10 11.
The room is 020 and the code 7946.
A03 04 05 06 07 08 paper.
Total 07 700 visits.
0800 until 2000; 0800-2000; 0800 to 2000 247.
The helpline 0808 2000 247 and 0800 1111 and 116 123.
111 999 101 112 105.
The code 02 07 94 60 12 3.
Under-5s 1 in 4, 0-19s 3 in 10.
Aged 0 1 2 3 4 5 6 7 8 9 10 11.
Zoom meeting ID 812 3456 7890, then the Teams meeting ID 345 678 901 234.
Look at the dot on the chart; we met at home dot by dot, at 3,400,500 pounds.
Birthday cards 10/03, and a birthday party on 3 May or 04/05.
He scored 12 34 56 78 90, on room 2.14 at 192.168.100.200, version 2.10.3.4567.
Text SHOUT to 85258, ring 101 or 0300 123 1234; a woman called the Police and the mum called Monday.
She was born at 28+3 weeks, 1200g; birthdays in March, and her birthday is next week.
`
  .split('\n')
  .map((line) => line.trim())
  .filter((line) => line !== '');
