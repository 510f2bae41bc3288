import { type OrganisationContent, readOrganisations } from '../community/organisations/content.ts';
import { type Profession, readProfessions } from '../community/professions.ts';
import { type Glossary, readGlossary } from '../content/glossary.ts';
import { type PracticePrompts, readPracticePrompts } from '../content/practice-prompts.ts';
import { ContentFolder } from '../content/read.ts';
import { type Retention, readRetention } from '../content/retention.ts';
import { readVocabulary, type Vocabulary } from '../content/vocabulary.ts';
import { readSignposts, type Signposts } from '../safeguarding/signposts.ts';
import { type DaysOff, readDaysOff } from '../scheduler/days-off.ts';
import { type CheckinContent, readCheckins } from './checkins/content.ts';
import { type CpdForms, readCpdForms } from './cpd/content.ts';
import { readEvaluation, type Stage } from './evaluation/content.ts';
import { type JourneyContent, readJourney } from './onboarding/content.ts';
import { contactsIn, type Pathways, readPathways } from './pathways/content.ts';
import { type PilotTemplate, readPilots } from './pilots/content.ts';
import { type Frameworks, readFrameworks } from './reflections/content.ts';
import { type Catalogue, readCatalogue, readStartHere, type StartHere } from './resources/content.ts';
import { plannedFrom, readTraining, type Training } from './training/content.ts';

/** Everything the community edits in its content folder, checked. */
export type Content = {
  vocabulary: Vocabulary;
  catalogue: Catalogue;
  startHere: StartHere;
  glossary: Glossary;
  templates: CheckinContent;
  frameworks: Frameworks;
  cpdForms: CpdForms;
  journey: JourneyContent;
  training: Training;
  prompts: PracticePrompts;
  organisations: OrganisationContent;
  pilots: PilotTemplate[];
  evaluation: Stage[];
  signposts: Signposts;
  pathways: Pathways;
  daysOff: DaysOff;
  retention: Retention;
  professions: Profession[];
};

/**
 * Reads every file of the folder and checks what they say of each other. A file that cannot be read does not hide what
 * is wrong in the rest; what refers to it is then not checked.
 * @throws ContentError naming everything that is wrong, as `file:line`.
 */
export function loadContent(dir: string): Content {
  const folder = new ContentFolder(dir);
  const vocabulary = readVocabulary(folder);
  const known: Vocabulary = vocabulary ?? emptyVocabulary;
  const catalogue = readCatalogue(folder, known);
  const startHere = readStartHere(folder, catalogue);
  const templates = readCheckins(folder);
  const frameworks = readFrameworks(folder);
  const ids = {
    resources: catalogue?.ids,
    frameworks: frameworks && idsOf(frameworks.frameworks),
    checkins: templates && new Set(templates.templates.map((one) => one.templateId)),
  };
  const training = readTraining(folder, known, ids);
  const pilots = readPilots(folder, {
    series: training && plannedFrom(training),
    checklists:
      training &&
      new Set(training.interventions.flatMap((one) => (one.preparation_checklist ? [one.id] : []))),
    checkins: templates?.templates,
  });
  const evaluation = readEvaluation(folder, templates?.templates);
  const glossary = readGlossary(folder, known);
  const prompts = readPracticePrompts(folder, known, ids.resources);
  const organisations = readOrganisations(folder);
  const signposts = readSignposts(folder);
  const pathways = readPathways(folder, known, {
    signposts,
    resources: ids.resources,
    organisations: organisations && new Map(organisations.listed.map(({ id, name }) => [id, name])),
  });
  const daysOff = readDaysOff(folder);
  const retention = readRetention(folder);
  const professions = readProfessions(folder);
  const journey = readJourney(folder, vocabulary, {
    ...(ids.checkins && { checkins: ids.checkins }),
    ...(ids.frameworks && { frameworks: ids.frameworks }),
    ...(training && {
      training: new Set(
        training.modules.flatMap((one) => [
          one.id,
          ...('parts' in one ? one.parts.map((part) => part.id) : []),
        ]),
      ),
    }),
  });
  const cpdForms = readCpdForms(folder, {
    frameworks:
      frameworks &&
      new Map(frameworks.frameworks.map(({ id, steps }) => [id, new Set(steps.map(({ key }) => key))])),
    roles: journey && new Set(journey.roles),
  });
  folder.finish();
  if (
    !vocabulary ||
    !catalogue ||
    !startHere ||
    !glossary ||
    !templates ||
    !frameworks ||
    !cpdForms ||
    !journey ||
    !training ||
    !prompts ||
    !organisations ||
    !pilots ||
    !evaluation ||
    !signposts ||
    !pathways ||
    !daysOff ||
    !retention ||
    !professions
  )
    throw new Error('A content file did not fit, and no problem was reported.');
  return {
    vocabulary,
    catalogue,
    startHere,
    glossary,
    templates,
    frameworks,
    cpdForms,
    journey,
    training,
    prompts,
    organisations,
    pilots,
    evaluation,
    signposts: { ...signposts, others: contactsIn(pathways) },
    pathways,
    daysOff,
    retention,
    professions,
  };
}

const idsOf = (items: readonly { id: string }[]): ReadonlySet<string> =>
  new Set(items.map((item) => item.id));

/** So that the other files are still checked for what does not depend on it. */
const emptyVocabulary: Vocabulary = {
  version: 0,
  language: '',
  places: [],
  groups: [],
  topics: [],
  age_groups: [],
  audiences: [],
  abbreviations: [],
  ambiguous: [],
};
