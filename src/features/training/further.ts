import type { ActionsBlockElement, View } from '@slack/types';
import { type Actor, isFacilitator } from '../../community/permissions.ts';
import { asModal } from '../../slack/answer.ts';
import { actions, button, modal, section } from '../../slack/blocks.ts';
import { mrkdwn } from '../../slack/text.ts';
import type { Training } from './content.ts';
import type { TrainingDeps } from './deps.ts';
import { ids } from './ids.ts';
import { allParts } from './module/views.ts';

type Suggested = Extract<Training['modules'][number], { kind: 'suggested' }>;

/** About hosting groups, so for those who run one. */
const forFacilitators = 'facilitators';

/**
 * What the programme may teach one day, shown for what there is of it: reading. Nothing is arranged, so no date is named and
 * nobody is promised anything.
 */
export const listFurther = ({ training }: Pick<TrainingDeps, 'training'>, actor: Actor): Suggested[] =>
  training.modules.flatMap((one) =>
    one.kind === 'suggested' &&
    one.resources.length > 0 &&
    (one.id !== forFacilitators || isFacilitator(actor))
      ? [one]
      : [],
  );

const nameOf = ({ label }: Suggested): string => label.replace(/\s*\(suggested\)$/, '');

export const furtherButtons = (modules: readonly Suggested[]): ActionsBlockElement[] =>
  modules.map((one) =>
    button(nameOf(one), `${ids.further}${one.id}`, {
      value: one.id,
      label: `${nameOf(one)}: something to read`,
    }),
  );

export async function furtherView(deps: TrainingDeps, actor: Actor, moduleId: string): Promise<View> {
  const found = listFurther(deps, actor).find(({ id }) => id === moduleId);
  const cards = found ? await deps.resourceCards(found.resources) : [];
  if (!found || cards.length === 0)
    return asModal({
      title: 'Training',
      text: 'Training',
      blocks: [section(mrkdwn`There is nothing to read here any more.`), actions([allParts('Training')])],
    });
  return modal({
    callbackId: ids.hubView,
    title: 'Something to read',
    blocks: [
      section(mrkdwn`*${nameOf(found)}*\nWhat the catalogue has for this.`),
      ...cards,
      actions([allParts('Training')]),
    ],
  });
}
