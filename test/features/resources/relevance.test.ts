import { describe, expect, test } from 'vitest';
import { stemOf } from '../../../src/content/stem.ts';
import { isLinking, isSmallWord, wordsOf } from '../../../src/content/words.ts';
import { initialsOf } from '../../../src/features/resources/finding/initials.ts';
import { content, search } from './support.ts';

/** What people really type, and entries of which at least one has to be among the first five. */
const asked: [question: string, anyOf: string[]][] = [
  // data/onboarding.yaml promises that these work.
  ['infant mental health for dads', ['hamil-fathers-and-babies', 'ihv-fathers-wellbeing']],
  ['trauma-informed school behaviour', ['neu-trauma-toolkit', 'st-stephen-trauma-informed-school']],
  ['who can help with domestic abuse in Hackney', ['hackney-domestic-abuse-support']],
  ['birth trauma', ['mbb-circle-of-trauma', 'mbb-origins']],
  ['dads', ['ihv-fathers-wellbeing']],
  ['CPC', ['chscp-child-protection-conferences']],
  ['looking after myself', ['vicarious-trauma-selfcare-handout', 'communitycare-secondary-trauma']],
  // Short forms and their spellings.
  ['DVA', ['hackney-domestic-abuse-support']],
  ['dva', ['hackney-domestic-abuse-support']],
  ['PIMH', ['ihv-pimh-news']],
  ['MBU', ['elft-mother-baby-unit']],
  ['MASH', ['hackney-mash-local-offer']],
  ['camhs referral', ['ch-camhs-spa-faq']],
  ['UASC', ['uasc-health-framework', 'rcgp-safeguarding-refugee-children']],
  ['trauma informed', ['mk-tip-snap-guide', 'ukpts-tip-definition', 'ohid-working-definition-tip']],
  ['Trauma-Informed', ['mk-tip-snap-guide', 'ukpts-tip-definition', 'ohid-working-definition-tip']],
  ['selfharm', ['mk-self-harm-toolkit']],
  ['self-harm in schools', ['oxford-self-harm-school-guide', 'sec-ed-self-harm-teachers']],
  // Plain words.
  ['adultification', ['davis-adultification-bias', 'greenwich-adultification']],
  ['child q', ['hackney-child-q-update-response', 'hackney-hwb-child-q-report']],
  ['black mothers', ['guardian-bump-buddies']],
  ['alcohol in pregnancy', ['govuk-alcohol-pregnancy']],
  ['baby loss', ['kent-resilience-bereavement', 'surrey-critical-incident-schools']],
  ['parents arguing', ['eif-rpc-hub', 'eif-rpc-child-impact', 'cypnow-parental-conflict']],
  ['mum has depression', ['our-time-about', 'our-time-stories']],
  ['burnout', ['communitycare-secondary-trauma', 'vicarious-trauma-selfcare-handout']],
  [
    'criticism of ACE score',
    ['treanor-aces-critique', 'baldwin-ace-screening-accuracy', 'aap-ace-screening-appraisal'],
  ],
  ['autism and trauma', ['ukpts-trauma-autism', 'autism-hub-ptsd']],
  ['county lines', ['liia-exploitation-london']],
  ['reflective accounts for the NMC', ['nmc-written-reflective-accounts']],
  ['was not brought', ['rcgp-was-not-brought', 'nspcc-language-was-not-brought']],
  ['temporary accommodation', ['justlife-tic-pie-ta']],
  ['co-production with young people', ['macuk-coproduction']],
  ['sharing information with other agencies', ['info-sharing-advice-2024', 'working-together-2026']],
  ['lgbt young people', ['rcpch-supporting-lgbtq', 'nihr-lgbtq-early-intervention']],
  // Kinds and ages.
  ['video brain 0-5', ['nspcc-brain-builder']],
  ['video about the brain', ['nspcc-brain-builder', 'uktc-trauma-brain-video']],
  ['podcast CPD', ['rip-podcast-cpd-2020', 'rip-podcast-cpd-2022']],
  ['NICE guideline neglect', ['nice-ng76']],
  ['4 year old emotions', ['birthto5-emotional-storms', 'eya-emotion-coaching', 'salford-eyfs-semh']],
  // Slips of the finger.
  ['domestic abuze', ['hackney-domestic-abuse-support']],
  ['atachment', ['attachment-trauma-schools-call', 'wolverhampton-tiaas', 'pearce-secure-start-podcast']],
  ['superivsion', ['berger-quiros-supervision']],
  ['trauma informd care', ['orygen-tic-youth', 'ukpts-tip-definition', 'justlife-tic-pie-ta']],
  ['kinshp care', ['foundations-kinship-guide']],
];

describe('what people type finds what they mean, among the first five', () => {
  test.each(asked)('%s', (question, anyOf) => {
    const first = search
      .find(question)
      .hits.slice(0, 5)
      .map(({ id }) => id);
    expect(
      first.some((id) => anyOf.includes(id)),
      first.join(', '),
    ).toBe(true);
  });
});

describe('what was understood', () => {
  const understood = (question: string) =>
    search.find(question).understood.map(({ kind, label }) => `${kind}: ${label}`);

  test.each([
    ['video 0–5 brain', ['type: Video', 'age: Early years, 0 to 5', 'word: brain']],
    ['DVA', ['topic: Domestic abuse']],
    ['D.V.A.', []],
    ['dads', ['topic: Fathers and partners']],
    ['teens', ['topic: Adolescence']],
    ['leaflet for midwives', ['type: Leaflet', 'reader: Midwives']],
    ['7 year old', ['age: Primary school age, 5 to 11']],
    ['CPD', ['topic: Reflective practice or Training and workforce development']],
    ['dad drinks and shouts', ['topic: Fathers and partners', 'word: drinks', 'word: shouts']],
    ['who can help with grief', ['topic: Services and directories', 'topic: Bereavement and loss']],
  ])('%s', (question, expected) => {
    if (expected.length === 0) expect(() => understood(question)).not.toThrow();
    else expect(understood(question)).toEqual(expected);
  });

  test.each(['after birth', 'school before exclusion', 'grief and others', 'sleep without medicine'])(
    '%s: words that only link are no terms',
    (question) => {
      const terms = search.find(question).understood.filter(({ kind }) => kind === 'word');
      expect(terms.map(({ label }) => label).filter(isLinking)).toEqual([]);
    },
  );

  test('each part can be left out, and what is left still makes sense', () => {
    const { understood: parts } = search.find('video about attachment for 0-5');
    expect(parts.map(({ without }) => without)).toEqual(['attachment 0 5', 'video 0 5', 'video attachment']);
    for (const { without } of parts) expect(search.find(without).hits.length).toBeGreaterThan(0);
  });

  test('a kind or an age moves entries up and hides nothing', () => {
    const plain = search.find('brain').hits.map(({ id }) => id);
    const videos = search.find('brain video').hits;
    expect(videos[0]?.type).toBe('video');
    expect(videos.map(({ id }) => id).toSorted()).toEqual(plain.toSorted());
  });
});

describe('a word that names a kind, and is meant as something else', () => {
  const kindsIn = (question: string) =>
    search.find(question).understood.flatMap(({ kind, label }) => (kind === 'type' ? label : []));

  test.each([
    'report a concern',
    'FGM what must I report',
    'who do I report it to',
    'report abuse',
    'video call with a family',
    'seeing a family over a video link',
    'video interaction guidance',
    'breaking bad news to a parent',
    'children never listen',
    'how to listen to children',
    'watch him at night',
    'article 8 rights',
    'how do I guide a family through it',
    'case recording',
  ])('%s: no kind', (question) => expect(kindsIn(question)).toEqual([]));

  test.each([
    ['report on neglect', 'Report'],
    ['child q report', 'Report'],
    ['a report I can read about racism', 'Report'],
    ['video for parents about the brain', 'Video'],
    ['news about infant mental health', 'Article'],
    ['something to listen to about attachment', 'Podcast'],
    ['something to watch about the brain', 'Video'],
    ['guide to supervision', 'Guidance'],
    ['recording of a session', 'Programme material'],
  ])('%s: %s', (question, label) => expect(kindsIn(question)).toContain(label));

  test('whoever has to report is led to whom to turn to', () => {
    for (const question of ['report a concern', 'FGM what must I report'])
      expect(search.hits(question)[0]?.type).toBe('service');
  });
});

describe('tonight', () => {
  test.each([
    'who can I ring tonight',
    'need to speak to somebody tonight',
    'who do I phone tonight',
    'is there anyone to talk to tonight',
  ])('%s: who is there at night comes first', (question) =>
    expect(search.hits(question)[0]?.topics).toContain('crisis-support'),
  );

  test.each(["what's on tonight", 'takeaway tonight'])('%s: nothing is the answer', (question) =>
    expect(search.hits(question)).toEqual([]),
  );

  test('urgent says how soon, and nothing of the need', () =>
    expect(search.hits('urgent referral for a baby')[0]?.topics).not.toContain('crisis-support'));
});

describe('whole fields of everyday words', () => {
  test.each([
    ['grooming', 'child-sexual-abuse'],
    ['he was groomed online', 'child-sexual-abuse'],
    ['grooming by an older boyfriend', 'exploitation-serious-violence'],
    ['no recourse, mum and two kids sleeping on the floor', 'refugee-asylum'],
    ['he said if she leaves he will kill her', 'domestic-abuse'],
    ['something for a dad whose baby was born early', 'birth-trauma'],
    ['preterm twins in special care', 'birth-trauma'],
    ['says he will kill himself', 'crisis-support'],
  ])('%s: %s', (question, topic) => expect(search.hits(question)[0]?.topics).toContain(topic));
});

describe('who looks back', () => {
  const isOfGrownUps = ({ topics }: { topics: readonly string[] }) => topics.includes('adult-survivors');

  test.each([
    'abused as a child, now a mother',
    'she was hurt when she was little and now has a baby',
    'touched as a child, never told anyone',
    'mum was abused in her own childhood',
    'number for adults abused as children',
  ])('%s: what is for grown-ups comes first', (question) => {
    const [first] = search.hits(question);
    expect(first && isOfGrownUps(first), first?.id).toBe(true);
  });

  test.each(['child abused by her uncle', 'hit as he came home', 'hurt when he was late'])(
    '%s: nobody looks back',
    (question) => {
      const [first] = search.hits(question);
      expect(first && isOfGrownUps(first), first?.id).toBe(false);
    },
  );
});

describe('a jealous child and jealousy', () => {
  test.each([
    ['jealous', 'jealousy'],
    ['restrained', 'restraint'],
    ['mouldy', 'mould'],
    ['grandson', 'grandchildren'],
    ['weeping', 'tearful'],
  ])('%s and %s are one family', (one, other) => expect(stemOf(one)).toBe(stemOf(other)));

  test.each([
    ['refuge', 'refugee'],
    ['confident', 'confidential'],
    ['suspected', 'suspended'],
    ['sign', 'significant'],
  ])('%s is not %s', (one, other) => expect(stemOf(one)).not.toBe(stemOf(other)));
});

describe('one word alone', () => {
  test.each([
    ['anxiety', 'perinatal-mental-health'],
    ['anxious', 'perinatal-mental-health'],
    ['grieving', 'bereavement'],
    ['suicidal', 'self-harm-suicide'],
    ['psychotic', 'perinatal-mental-health'],
    ['therapist', 'interventions'],
    ['sleep', 'infant-mental-health'],
    ['homeless', 'housing-homelessness'],
    ['debt', 'poverty-inequality'],
  ])('%s leads to where people speak of it', (question, topic) => {
    const first = search.find(question).hits.slice(0, 3);
    expect(first.flatMap(({ topics }) => topics)).toContain(topic);
  });

  test('sleep is not rough sleeping', () => {
    const first = search.find('sleep').hits.slice(0, 5);
    expect(first.flatMap(({ topics }) => topics)).not.toContain('housing-homelessness');
  });

  test.each(['class', 'parent', 'stress', 'service', 'services'])(
    '%s is used for too much to be a question: its topic is offered',
    (question) => {
      const { hits, nearTopics } = search.find(question);
      expect(hits).toEqual([]);
      expect(nearTopics.length).toBeGreaterThan(0);
    },
  );

  test.each([
    ['violent', 'violence'],
    ['pregnant', 'pregnancy'],
    ['therapist', 'therapy'],
    ['psychotic', 'psychosis'],
    ['grieving', 'grief'],
    ['anxious', 'anxiety'],
  ])('%s and %s are one family', (one, other) => expect(stemOf(one)).toBe(stemOf(other)));

  test('nurse is not nursery, and new is not news', () => {
    expect(stemOf('nurse')).not.toBe(stemOf('nursery'));
    expect(search.find('new').understood.map(({ label }) => label)).not.toContain('Article');
  });
});

describe('names', () => {
  test.each([
    ['Working together 2023', 'working-together-2026'],
    ["SAMHSA's concept of trauma", 'samhsa-store-sma14-4884'],
    ['NSPCC', 'nspcc-report-abuse'],
    ['RCGP', 'rcgp-was-not-brought'],
    ['ELFT', 'elft-mother-baby-unit'],
    ['BPS', 'bps-recovery-possible'],
  ])('%s: old titles lead to what has replaced them, short names to their publisher', (question, id) => {
    const first = search.find(question).hits.slice(0, 3);
    expect(first.map((hit) => hit.id)).toContain(id);
  });
});

test.each(['NSPCC', 'RCGP', 'NHS'])('%s: whoever is named outright has their own pages first', (name) => {
  const first = search.hits(name).slice(0, 3);
  const own = first.filter(({ publisher }) => publisher.includes(name) || initialsOf(publisher) === name);
  expect(own.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
});

describe('spelling', () => {
  test.each(['reset', 'charger', 'permit', 'passport', 'breakfast', 'tries', 'unhappily'])(
    '%s is English, and never corrected',
    (word) => expect(search.find(`${word} trauma`).corrections).toEqual([]),
  );

  test.each([
    ['mumanxious', 'mum anxious'],
    ['sleepproblems', 'sleep problems'],
    ['behavior', 'behaviour'],
    ['meansure impact', 'measure'],
    ['shcool refusal', 'school'],
  ])('%s is read as %s, and can be asked for as it was typed', (question, read) => {
    const { corrections } = search.find(question);
    expect(corrections.map((one) => one.read)).toEqual([read]);
    for (const { exact = '' } of corrections) {
      expect(search.find(exact).corrections).toEqual([]);
      expect(search.find(exact).hits).toEqual([]);
    }
  });
});

describe('short forms with several meanings', () => {
  test.each(['SAR', 'CP', 'cpp', 'TA'])('%s is not guessed', (form) => {
    const { hits, choices } = search.find(form);
    expect(hits).toEqual([]);
    expect(choices).toHaveLength(1);
    expect(choices[0]?.meanings.length).toBeGreaterThan(1);
  });

  test('the meanings of PIMH lead to the same topics, so there are results as well as the choice', () => {
    const { hits, choices } = search.find('PIMH');
    expect(hits.length).toBeGreaterThan(5);
    expect(choices[0]?.meanings.map(({ question }) => question)).toEqual([
      'perinatal and infant mental health',
      'parent-infant mental health',
    ]);
  });

  test('a chosen meaning keeps the rest of the question', () => {
    const { hits, choices } = search.find('TA in Hackney');
    expect(hits.length).toBeGreaterThan(0);
    expect(choices[0]?.meanings[0]?.question).toBe('temporary accommodation hackney');
  });

  test('one with a single meaning is no choice', () => {
    expect(search.find('UASC').choices).toEqual([]);
  });
});

describe('short forms of the vocabulary', () => {
  const { shown } = content.catalogue;
  const letterByLetter = (text: string) => wordsOf(text).map((word) => word.replace(/s$/, ''));
  const saysAll = (title: string, said: string) =>
    letterByLetter(said).every((word) => isSmallWord(word) || letterByLetter(title).includes(word));
  // Whose pages come first is a publisher (CHSCP), or everybody here (CYP); in two the letters are other words (days, tips).
  const forms = content.vocabulary.abbreviations
    .filter(({ abbr }) => !['CHSCP', 'CYP', 'DAIS', 'TIP'].includes(abbr) && search.hits(abbr).length > 0)
    .map(({ abbr, means }) => ({ abbr, inFull: means.replace(/\s*\(.*\)/, '') }));
  const inTitle = (said: string) => shown.filter(({ title }) => saysAll(title, said));
  const literal = forms.filter(({ abbr }) => inTitle(abbr).length > 0);
  const written = forms.filter((one) => !literal.includes(one) && inTitle(one.inFull).length > 0);

  test.each(literal)('$abbr: a title that has it comes first', ({ abbr }) => {
    const [first] = search.hits(abbr);
    expect(saysAll(first?.title ?? '', abbr), first?.title).toBe(true);
  });

  test.each(written)('$abbr: a title that says $inFull comes first', ({ abbr, inFull }) => {
    const [first] = search.hits(abbr);
    expect(saysAll(first?.title ?? '', inFull), first?.title).toBe(true);
  });

  test('are enough to tell', () => {
    expect(literal.length).toBeGreaterThanOrEqual(9);
    expect(written.length).toBeGreaterThanOrEqual(20);
  });

  test.each([
    ['postnatal depression', 'PND'],
    ['graded care profile', 'GCP2'],
    ['female genital mutilation', 'FGM'],
    ['serious youth violence', 'SYV'],
  ])('%s and %s lead to the same page', (inFull, abbr) =>
    expect(search.hits(abbr).slice(0, 3)).toContain(search.hits(inFull)[0]),
  );
});

describe('short forms that are words of every day', () => {
  const isUnderstood = (question: string, topic: string) =>
    search
      .find(question)
      .understood.some(
        ({ label }) => label === content.vocabulary.topics.find(({ id }) => id === topic)?.label,
      );

  test.each([
    ['send', 'send'],
    ['where can I SEND him', 'send'],
    ['child with send', 'send'],
    ['send support in school', 'send'],
    ['send plan', 'send'],
    ['pie in hostels', 'housing-homelessness'],
    ['DASH form', 'domestic-abuse'],
    ['aces', 'aces'],
    ['her aces and drinking', 'aces'],
    ['mash referral', 'safeguarding'],
  ])('%s: in capitals, alone, or beside what belongs to it, it is the short form', (question, topic) =>
    expect(isUnderstood(question, topic)).toBe(true),
  );

  test.each([
    ['where can I send a dad who drinks', 'send'],
    ['can I send this to a parent', 'send'],
    ['who do I send the form to', 'send'],
    ['a slice of pie', 'housing-homelessness'],
    ['who can tip me off', 'trauma-informed-practice'],
    ['dash to the hospital', 'domestic-abuse'],
    ['at her own pace', 'attachment-relationships'],
    ['cop on the estate', 'community-of-practice'],
    ['no trace of him', 'trauma-informed-practice'],
  ])('%s: it is the word', (question, topic) => expect(isUnderstood(question, topic)).toBe(false));
});

test('nothing found: topics that look like it, and the word that is not known', () => {
  const found = search.find('housingg repairs printer');
  expect(search.find('printer')).toMatchObject({ hits: [], unknown: ['printer'], nearTopics: [] });
  expect(found.corrections).toContainEqual({
    typed: 'housingg',
    read: 'housing',
    exact: '"housingg" repairs printer',
  });
  expect(search.hits('bereft')[0]?.topics).toContain('bereavement');
});

test.each([
  'house is filthy with rats',
  'annual leave policy',
  'gym membership discount',
  'weather this weekend',
  'bank holiday dates',
  'cheap flights to Spain',
  'expense claim form',
])('%s: no topic is offered that only looks like it', (question) =>
  expect(search.find(question)).toMatchObject({ hits: [], nearTopics: [] }),
);

test.each([
  ['suicidology', 'self-harm-suicide'],
  ['stress', 'self-care-wellbeing'],
  ['policy', 'system-change'],
])('%s: a topic that is named, or nearly, is offered', (question, topic) =>
  expect(search.find(question).nearTopics.map(({ id }) => id)).toContain(topic),
);

test.each([
  'bitcoin price',
  "printer won't print",
  'gym membership discount',
  'poll',
  'export',
  'eiffel tower',
  'mortgage rates',
  'cheap flights to Spain',
  'what is the capital of Peru',
  'plant a tree in the garden',
])('%s: good words and names are left as they are', (question) =>
  expect(search.find(question).corrections).toEqual([]),
);

test('entries that are held back are not found by their own titles', () => {
  const hits = search.find('Childhood Adversity, Trauma and Resilience: A City and Hackney approach').hits;
  expect(hits.map(({ id }) => id)).not.toContain('chatr-strategy-2020-25');
});

describe('in the words that people really use', () => {
  test('what is said of an entry finds it among the first five, nearly always', () => {
    const said = content.catalogue.shown.flatMap(({ id, asked_as }) =>
      asked_as.map(({ say }) => ({ id, say })),
    );
    const missed = said.filter(
      ({ id, say }) =>
        !search
          .find(say)
          .hits.slice(0, 5)
          .some((hit) => hit.id === id),
    );
    expect(missed.length / said.length).toBeLessThan(0.05);
  });

  test.each([
    ['endings do not matter', 'texting support for a dad', 'hamil-fathers-and-babies'],
    [
      'whoever wants to ring somebody gets a service',
      'who do I ring about domestic abuse',
      'hackney-domestic-abuse-support',
    ],
    ['a publisher named outright comes first', 'Samaritans', 'samaritans-contact'],
  ])('%s: %s', (_, question, id) => {
    const first = search.find(question).hits.slice(0, 2);
    expect(first.map((hit) => hit.id)).toContain(id);
  });

  test.each([
    'how to change a tyre',
    'who won the match yesterday',
    'lasagne recipe without cheese',
    'passport renewal online',
    'printer toner order',
    'desk chair broken',
    'council tax band',
    'garden shed ideas',
    'knitting pattern for a scarf',
    // A place or who runs a service says nothing of a need.
    'best pizza near hackney',
    'how do I reset my nhs email password',
    'plumber in homerton',
    'parking permit for the city of london',
    'book a meeting room',
    'make a school timetable in excel',
    'new phone screen cracked',
    'book a holiday with friends',
    // A word that everybody says all day, alone or beside small ones.
    'how are you today',
    'when do we get paid',
    // A topic is named by a word that is used of something else.
    "outlook attachment won't open",
    'black friday deals on tv',
  ])('%s: nothing is the answer', (question) => expect(search.find(question).hits).toEqual([]));

  test.each([
    'house full of rubbish and children dirty',
    'parents swear at each other',
    'toddler pulls her hair out',
  ])('%s: whoever tells of somebody in a family is answered', (question) =>
    expect(search.hits(question).length).toBeGreaterThan(0),
  );

  const { places } = content.vocabulary;
  test.each([
    'local help with domestic abuse',
    'early help round here',
    'groups for toddlers near me',
    'baby clothes and nappies nearby',
    'safeguarding children locally',
  ])('%s: what is here comes first', (question) => {
    const [first] = search.hits(question);
    const text = `${first?.publisher} ${first?.title}`;
    expect(
      places.some((place) => text.includes(place)),
      text,
    ).toBe(true);
  });

  test.each(['local', 'round here', 'near me'])('%s says where, and nothing of a need', (where) => {
    const question = 'pizza with mushrooms';
    expect(search.hits(`${question} ${where}`)).toEqual([]);
  });

  test('what answers a need far less than the best is left out', () => {
    const many = content.catalogue.shown.flatMap(({ asked_as }) => asked_as.map(({ say }) => say));
    const lengths = many.map((say) => search.hits(say).length);
    expect(lengths.filter((length) => length < 10).length / lengths.length).toBeGreaterThan(0.4);
  });

  const topicsSaying = (stem: string) =>
    content.vocabulary.topics
      .filter(({ synonyms, asked_as }) =>
        [...synonyms, ...asked_as.map(({ say }) => say)].some((text) => stemsOf(text).includes(stem)),
      )
      .map(({ id }) => id);
  const stemsOf = (text: string) => wordsOf(text).map(stemOf);

  test.each([
    ['poster about sleep for parents', 'sleep'],
    ['leaflet about nightmares for families', 'nightmare'],
    ['something on eviction for parents', 'eviction'],
  ])('%s: what says nothing of the one word that tells is no answer', (question, word) => {
    const stem = stemOf(word);
    const topics = topicsSaying(stem);
    const { hits } = search.find(question);
    expect(hits.length).toBeGreaterThan(0);
    for (const { title, summary, asked_as, topics: own } of hits) {
      const text = stemsOf([title, summary, ...asked_as.map(({ say }) => say)].join(' '));
      expect(text.includes(stem) || own.some((topic) => topics.includes(topic)), title).toBe(true);
    }
  });

  test.each(['who do I ring about FGM', 'who can I call about forced marriage', 'helpline, he is suicidal'])(
    '%s: somebody to turn to comes first',
    (question) => expect(search.find(question).hits[0]?.type).toBe('service'),
  );

  test.each([
    "baby won't settle, mum anxious",
    'baby crying all night and mum is exhausted',
    'school refusal anxiety',
    'lonely mum with a new baby',
    'postnatal depression',
  ])('%s: a stay in hospital is not among the first answers', (question) => {
    const first = search.find(question).hits.slice(0, 3);
    expect(first.length).toBeGreaterThan(0);
    expect(first.map(({ id }) => id)).not.toContain('elft-mother-baby-unit');
  });

  test.each([
    'MBU',
    'postpartum psychosis',
    'psychosis after birth',
    'new mother needs admission with her baby',
  ])('%s: and it is where that is asked for', (question) =>
    expect(search.find(question).hits[0]?.id).toBe('elft-mother-baby-unit'),
  );

  const argues = ({ audience }: { audience: readonly string[] }) =>
    audience.every((reader) =>
      ['commissioners', 'leaders', 'researchers', 'evaluators', 'trainers'].includes(reader),
    );
  const isNews = ({ type, summary }: { type: string; summary: string }) =>
    type === 'article' && /^(?:news|press)\b/i.test(summary);

  test.each([
    "baby won't settle, mum anxious",
    'baby does not look at her mum',
    'baby cries for hours',
    'parents shouting at each other every night',
    'he hits me when he has been drinking, the kids see it all',
    'perinatl mental helth',
    'mum low since the birth',
    'postnatal depression',
    'teenager waiting months for CAMHS',
  ])('%s: what argues for services, and news, are not the first answer', (question) => {
    const [first] = search.hits(question);
    expect(first && !argues(first) && !isNews(first), first?.title).toBe(true);
  });

  test.each([
    'baby crying all night and mum exhausted',
    'dad is stressed since his son was born',
    'he is worn out by the toddler',
    'pupil overwhelmed after his brother died',
  ])('%s: what is for staff is no answer to what is told of a family', (question) => {
    const [first] = search.hits(question);
    expect(['vicarious-trauma', 'self-care-wellbeing', 'supervision']).not.toContain(first?.topics[0]);
  });

  test.each(['I am worn out by this case', 'the team is exhausted after a child died', 'burnt out'])(
    '%s: and it is where staff speak of themselves',
    (question) => {
      const first = search.hits(question).slice(0, 3);
      expect(first.flatMap(({ topics }) => topics)).toContain('self-care-wellbeing');
    },
  );

  test.each([
    ['sleep', 'elft-mother-baby-unit'],
    ['mum does not sleep since the birth', 'elft-mother-baby-unit'],
    ['how do I talk to a child whose dad died', 'our-time-about'],
    ['bedwetting', 'uktc-about'],
    ['boy soils himself since he was hurt', 'uktc-about'],
  ])('%s: one word that is shared by chance decides nothing', (question, id) =>
    expect(search.hits(question)[0]?.id).not.toBe(id),
  );

  test.each(['mum was in care herself', 'grew up in care'])('%s: people who were in care', (question) =>
    expect(
      search
        .hits(question)
        .slice(0, 3)
        .flatMap(({ topics }) => topics),
    ).toContain('care-experience'),
  );

  test.each([
    ['commissioning parent-infant teams', 'pif-who-is-holding-the-baby'],
    ['news on perinatal services', 'elft-expanded-perinatal-service'],
    ['the case for change, parent-infant teams', 'pif-toolkit-case-for-change'],
  ])('%s: they are where they are asked for', (question, id) =>
    expect(
      search
        .hits(question)
        .slice(0, 3)
        .map((one) => one.id),
    ).toContain(id),
  );

  test.each([
    ["baby won't settle, mum anxious", 'infant-mental-health', 'perinatal-mental-health'],
    ['her mum died and she will not go to school', 'bereavement', 'schools-education'],
    ['he drinks every night. he hits her', 'parental-substance-use', 'domestic-abuse'],
    ['autistic boy melting down, teachers say he is naughty', 'neurodiversity', 'schools-education'],
  ])('%s: each clause has its answer', (question, one, other) => {
    const topics = new Set(
      search
        .hits(question)
        .slice(0, 5)
        .flatMap((hit) => hit.topics),
    );
    expect([...topics]).toEqual(expect.arrayContaining([one, other]));
  });
});
