import { may } from '../../community/permissions.ts';
import { section } from '../../slack/blocks.ts';
import { joinMrkdwn, list, mrkdwn } from '../../slack/text.ts';
import type { HomeSection } from '../feature.ts';
import { coreModule } from './content.ts';
import type { TrainingDeps } from './deps.ts';
import { findPlace } from './module/parts.ts';
import { homeBlocks } from './module/views.ts';

/** One line while there is something left of the core module. */
export const moduleSection = (deps: TrainingDeps): HomeSection => ({
  slot: 'keep',
  order: 4,
  async blocks({ actor, person }) {
    if (!may(actor, 'own.read', { ownerId: person.id }) || actor.hasDeclined) return [];
    return homeBlocks(coreModule(deps.training), await findPlace(deps, actor));
  },
});

/** For curators: what the programme is still to give, and what has left the catalogue. Left out where nothing is missing. */
export const missingSection = ({ training, listGone }: TrainingDeps): HomeSection => ({
  slot: 'lead',
  order: 32,
  async blocks({ actor }) {
    if (!may(actor, 'resources.curate')) return [];
    const { not_supplied: missing, parts } = coreModule(training);
    const gone = parts.flatMap(({ label, resources }) => {
      const ids = listGone(resources);
      return ids.length > 0 ? [mrkdwn`•  ${label}: ${list(ids)}`] : [];
    });
    if (missing.length === 0 && gone.length === 0) return [];
    return [
      section(
        joinMrkdwn(
          [
            mrkdwn`*Core module: what is missing*`,
            missing.length > 0 &&
              mrkdwn`Not supplied by the programme: ${list(missing.map((one) => one.charAt(0).toLowerCase() + one.slice(1)))}. Nobody is promised them. The minutes and the questions to think about are suggestions of ours until the programme has its own. All of it stands in \`data/training.yaml\`.`,
            gone.length > 0 &&
              mrkdwn`Named there, and not to be found: taken out of the catalogue, or held back as a copy on another site.`,
            ...gone,
          ],
          '\n',
        ),
      ),
    ];
  },
});
