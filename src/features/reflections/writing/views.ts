import type { ActionsBlockElement, KnownBlock, SectionBlock, View } from '@slack/types';
import { describeFindings, type Finding, onlyPatterns } from '../../../safeguarding/identifiers.ts';
import { type Signposts, supportBlocks } from '../../../safeguarding/signposts.ts';
import { actions, button, context, input, modal, option, section, textInput } from '../../../slack/blocks.ts';
import { type Mrkdwn, mrkdwn, sayTime } from '../../../slack/text.ts';
import { type Field, fieldsOf, stepsOf } from '../body.ts';
import { type Framework, type Frameworks, frameworkOf } from '../content.ts';
import { ids } from '../ids.ts';
import { sayMoment } from '../journal/dates.ts';
import type { OpenForm } from './drafts.ts';
import { choiceBlock, fieldAction, textBlock, writeForm } from './form.ts';
import type { Saved } from './save.ts';

/** What every screen here is drawn with. `zone` is the person's own. */
export type Drawing = { frameworks: Frameworks; signposts: Signposts; zone: string };

/** The step of a form that its fields have: text carried over from elsewhere can make it longer. */
export function formSteps(frameworks: Frameworks, { form, body }: Pick<OpenForm, 'form' | 'body'>) {
  const steps = stepsOf(fieldsOf(frameworkOf(frameworks, form.framework), body));
  const index = Math.min(form.step, steps.length - 1);
  return { fields: steps[index] ?? [], index, count: steps.length };
}

/**
 * The form of one step. Every field may be left empty, whatever the framework says of it: half a reflection is one, and
 * nobody should have to invent the rest to be allowed to keep it.
 */
export function formView(drawing: Drawing, open: OpenForm): View {
  const { frameworks, signposts, zone } = drawing;
  const framework = frameworkOf(frameworks, open.form.framework);
  const { fields, index, count } = formSteps(frameworks, open);
  const { draftId, changes } = open.form;
  const isLast = index === count - 1;
  const { before } = frameworks.shown_with_every_framework;
  const buttons: ActionsBlockElement[] = [
    ...(index > 0 ? [button('Back', ids.back)] : []),
    button('Keep for later', ids.later, { label: 'Keep what I have written as a draft and close' }),
  ];

  return modal({
    callbackId: ids.form,
    title: changes ? 'Change a reflection' : 'Write a reflection',
    submit: isLast ? (changes ? 'Save changes' : 'Save reflection') : 'Next',
    metadata: writeForm({ ...open.form, framework: framework.id, step: index }),
    notifyOnClose: true,
    blocks: [
      section(
        mrkdwn`*Only you see this.* It is kept encrypted in your journal. Facilitators and administrators cannot open it here.`,
      ),
      ...(index === 0
        ? [
            context(mrkdwn`${before}`),
            ...(open.unknown === undefined
              ? []
              : [
                  section(
                    mrkdwn`There is no way to reflect called “${open.unknown.slice(0, 60)}”, so here is “${framework.label}”. The menu below has the others.`,
                  ),
                ]),
            ...(open.unfinished
              ? [
                  section(
                    mrkdwn`You have something you did not finish, from ${sayTime(open.unfinished.updatedAt, zone)}. It is kept until you save or discard it.`,
                    button('Carry on with it', ids.carryOn, { value: open.unfinished.id }),
                    'unfinished',
                  ),
                ]
              : []),
            chooser(frameworks, framework, draftId),
          ]
        : []),
      ...(count > 1 ? [context(mrkdwn`Step ${index + 1} of ${count}`)] : []),
      ...(framework.cautions.length > 0 ? [context(mrkdwn`${framework.cautions.join(' ')}`)] : []),
      ...fields.map((field) => inputOf(field, draftId)),
      actions(buttons, 'form-buttons'),
      ...(index === 0 ? [context(mrkdwn`${frameworks.legal_note.text}`)] : []),
      ...supportBlocks(signposts),
    ],
  });
}

/** Choosing another way keeps what is written. */
function chooser(frameworks: Frameworks, framework: Framework, draftId: string): SectionBlock {
  const options = frameworks.frameworks.map((one) =>
    option(one.label, one.id, `${minutesOf(one)}. ${one.best_for}`),
  );
  const chosen = options.find(({ value }) => value === framework.id);
  return section(
    mrkdwn`*Way to reflect*\n${minutesOf(framework)}. ${framework.best_for}.`,
    {
      type: 'static_select',
      action_id: ids.framework,
      placeholder: { type: 'plain_text', text: 'Another way to reflect' },
      options,
      ...(chosen && { initial_option: chosen }),
    },
    `framework:${draftId}`,
  );
}

const minutesOf = ({ minutes }: Framework): string =>
  `About ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;

function inputOf(field: Field, draftId: string): KnownBlock {
  const more = { optional: true, ...(field.help && { hint: field.help }) };
  if (field.kind === 'text')
    return input(
      textBlock(draftId, field.key),
      field.label,
      textInput(fieldAction, { multiline: true, max: 3000, initial: field.text }),
      more,
    );
  const options = field.options.map((label) => option(label, label));
  const initial = options.filter(({ value }) => value !== undefined && field.selected.includes(value));
  return input(
    choiceBlock(draftId, field.key),
    field.label,
    {
      type: 'checkboxes',
      action_id: fieldAction,
      options,
      ...(initial.length > 0 && { initial_options: initial }),
    },
    more,
  );
}

/** Kinds only; the words themselves are not shown again, and nothing about the warning is kept. */
export function warningView({ signposts }: Drawing, draftId: string, findings: readonly Finding[]): View {
  return modal({
    callbackId: ids.warning,
    title: 'A quick look first',
    blocks: [
      section(mrkdwn`${signposts.gentle_prompt.wording.identifiable}`),
      section(mrkdwn`*What it saw:* ${describeFindings(findings)}.`),
      context(mrkdwn`${onlyPatterns}`),
      actions(
        [
          button('Mask it and save', ids.mask, { value: draftId, style: 'primary' }),
          button('Go back and edit', ids.backToEdit, { value: draftId }),
          button('Keep it as it is and save', ids.keepAsItIs, { value: draftId }),
        ],
        'decision',
      ),
      context(
        mrkdwn`Nothing is lost: if you close this, your words stay as a draft, which /chatr reflect offers you. What the check saw is not kept.`,
      ),
      ...supportBlocks(signposts),
    ],
  });
}

export function receiptView({ frameworks, signposts, zone }: Drawing, saved: Saved): View {
  const { label } = frameworkOf(frameworks, saved.framework);
  const what = saved.isChange ? 'Your changes are kept' : 'Kept in your journal';
  return modal({
    callbackId: ids.receipt,
    title: 'Saved',
    blocks: [
      section(mrkdwn`*${what}:* ${label}, ${sayMoment(saved.writtenAt, zone)}.`),
      section(mrkdwn`${frameworks.shown_with_every_framework.after}`),
      ...(saved.unchecked
        ? [
            context(
              mrkdwn`The check for identifying detail did not work this time. Please read it once yourself.`,
            ),
          ]
        : []),
      actions([
        button('Open it', ids.open, {
          value: saved.id,
          label: 'Open this reflection to read, change or delete it',
        }),
        button('My journal', ids.journal),
        button('Write another', ids.write),
      ]),
      ...supportBlocks(signposts),
    ],
  });
}

/** One thing said, with ways on. */
export const noticeView = (title: string, text: Mrkdwn, buttons: ActionsBlockElement[] = []): View =>
  modal({
    callbackId: ids.receipt,
    title,
    blocks: [section(text), ...(buttons.length > 0 ? [actions(buttons)] : [])],
  });

const toJournal = button('My journal', ids.journal);

/** The same for what is somebody else's and what does not exist. */
export const notYoursView = (): View =>
  noticeView(
    'Not here',
    mrkdwn`That is not in your journal. It may have been saved, deleted or discarded already.`,
    [toJournal],
  );

export const unreadableView = (): View =>
  noticeView(
    'Cannot be opened',
    mrkdwn`This reflection cannot be opened with the present key. Nothing of it is lost: it stays as it is, and opens again when the bot runs with the key it was written with. Please tell a facilitator, who can pass this on.`,
    [toJournal],
  );

export const declinedText = mrkdwn`You did not take up the community agreement, so nothing about you is stored here, reflections included. You can still look things up. If you change your mind, you can agree at any time from the bot's Home tab.`;

export const declinedView = (): View => noticeView('Reflections', declinedText);

export const keptForLaterView = (): View =>
  noticeView(
    'Kept for later',
    mrkdwn`Your words are kept as a draft until you save or discard them. Only you can see them. /chatr reflect offers to carry on, and so does your journal.`,
    [toJournal],
  );

export const nothingToKeepView = (): View =>
  noticeView('Nothing to keep', mrkdwn`Nothing new was written, so nothing was kept. Come back any time.`, [
    toJournal,
  ]);

export const discardedView = (id: string, until: string): View =>
  noticeView('Discarded', mrkdwn`The draft is discarded. You can bring it back until ${until}.`, [
    button('Bring it back', ids.restoreDraft, { value: id }),
    toJournal,
  ]);

export const deletedView = (id: string, until: string): View =>
  noticeView('Deleted', mrkdwn`The reflection is deleted. You can bring it back until ${until}.`, [
    button('Bring it back', ids.restore, { value: id }),
    toJournal,
  ]);

export const tooLateView = (): View =>
  noticeView('Gone', mrkdwn`That was deleted more than a day ago and cannot be brought back.`, [toJournal]);
