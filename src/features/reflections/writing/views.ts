import type { ActionsBlockElement, KnownBlock, SectionBlock, View } from '@slack/types';
import type { Finding } from '../../../safeguarding/finding.ts';
import { describeFindings } from '../../../safeguarding/identifiers.ts';
import { supportBlocks } from '../../../safeguarding/signposts.ts';
import { maskAnd, warningBlocks } from '../../../safeguarding/warning.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, modal, option, section } from '../../../slack/blocks.ts';
import type { WindowKind } from '../../../slack/form.ts';
import { packedId } from '../../../slack/packed.ts';
import { mrkdwn, sayTime } from '../../../slack/text.ts';
import { linkBack, sayAbout } from '../about.ts';
import type { About } from '../body.ts';
import { type Framework, type Frameworks, frameworkOf } from '../content.ts';
import { sayMoment } from '../dates.ts';
import type { Drawing } from '../drawing.ts';
import { ids } from '../ids.ts';
import {
  declinedText,
  noticeView,
  notYoursView,
  otherKept,
  toJournal,
  urgentIn,
  windowOffer,
} from '../views.ts';
import { aboutView } from './about-form.ts';
import type { KeepOutcome, OpenForm, ReopenOutcome, StartOutcome } from './drafts.ts';
import { formSteps, standingIn, writingForm } from './form.ts';
import type { DecideOutcome, Saved } from './save.ts';

export const reflectHelp = {
  does: 'Opens a reflection that only you can read.',
  example: 'reflect',
  group: 'write',
} as const;

export const writeOffer = windowOffer('Write a reflection', ids.write);

/**
 * The form of one step. Every field may be left empty, whatever the framework says of it: half a reflection is one, and
 * nobody should have to invent the rest to be allowed to keep it.
 */
export function formView(drawing: Drawing, open: OpenForm): View {
  const { frameworks, signposts, zone } = drawing;
  const framework = frameworkOf(frameworks, open.form.framework);
  const { fields, index, count, hasMoreBefore } = formSteps(frameworks, open);
  const { draftId, changes, question } = open.form;
  const isLast = index === count - 1;
  const { before } = frameworks.shown_with_every_framework;
  const buttons: ActionsBlockElement[] = [
    ...(index > 0 ? [button('Back', ids.back)] : []),
    button('Keep for later', ids.later, { label: 'Keep for later: as a draft, and close' }),
    button(isSaid(open.body.about) ? 'Change title, date, tags' : 'Add title, date, tags', ids.about),
  ];
  // With one box, that comes first: the other ways stand beneath it.
  const isQuick = framework.id === frameworks.default_framework;
  const ways = index === 0 ? [chooser(frameworks, framework, draftId)] : [];

  return writingForm(draftId, fields).view({
    carry: { ...open.form, framework: framework.id, step: index },
    ...(changes && { title: 'Change a reflection' }),
    ...(isLast && { submit: changes ? 'Save changes' : 'Save reflection' }),
    initial: standingIn(draftId, fields),
    above: [
      section(
        mrkdwn`*Only you see this.* It is kept encrypted in your journal. Facilitators and administrators cannot open it here.`,
      ),
      ...(open.isOtherKept ? [context(otherKept)] : []),
      ...(index === 0
        ? [
            context(mrkdwn`${before}`),
            ...(open.unfinished
              ? [
                  section(
                    mrkdwn`You have something you did not finish, from ${sayTime(open.unfinished.updatedAt, zone)}. It is kept until you save or discard it.`,
                    button('Carry on with it', ids.carryOn, { value: open.unfinished.id }),
                    'unfinished',
                  ),
                ]
              : []),
            ...(isQuick ? [] : ways),
          ]
        : []),
      ...aboutLines(open.body.about),
      ...(question === undefined
        ? []
        : [section(mrkdwn`*A question to think about, if you like*\n${question}`)]),
      ...(count > 1
        ? [
            context(
              mrkdwn`Step ${index + 1} of ${count}.${hasMoreBefore ? ' What you wrote before is kept: it comes after these.' : ''}`,
            ),
          ]
        : []),
      ...(framework.cautions.length > 0 ? [context(mrkdwn`${framework.cautions.join(' ')}`)] : []),
    ],
    below: [
      actions(buttons, 'form-buttons'),
      ...(isQuick ? ways : []),
      ...(index === 0 ? [context(mrkdwn`${frameworks.legal_note.text}`)] : []),
      ...supportBlocks(signposts),
    ],
  });
}

/** Where it began from a message or a resource, nothing of it is said yet. */
const isSaid = ({ link: _link, ...said }: About = {}): boolean => Object.keys(said).length > 0;

const aboutLines = (about: About = {}): KnownBlock[] => {
  const said = [about.title, sayAbout(about)].filter((one) => one !== undefined).join(' · ');
  return [
    ...(said === '' ? [] : [context(mrkdwn`${said}`)]),
    ...(about.link ? [context(linkBack(about.link))] : []),
  ];
};

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

/** Carries the draft. */
export const warningWindow: WindowKind<string> = { id: ids.warning, carries: packedId };

/** Kinds only; the words themselves are not shown again, and nothing about the warning is kept. */
export function warningView({ signposts }: Drawing, draftId: string, findings: readonly Finding[]): View {
  return modal({
    callbackId: warningWindow.id,
    title: 'A quick look first',
    submit: maskAnd('save'),
    metadata: draftId,
    blocks: [
      ...warningBlocks(
        findings,
        [
          button('Go back and edit', ids.backToEdit, { value: draftId }),
          button('Keep it as it is and save', ids.keepAsItIs, { value: draftId }),
        ],
        signposts.gentle_prompt.wording.identifiable,
      ),
      context(
        mrkdwn`Nothing is lost: if you close this, your words stay as a draft, which /chatr reflect offers you. What I saw is not kept.`,
      ),
      ...supportBlocks(signposts),
    ],
  });
}

export function receiptView({ frameworks, signposts, zone }: Drawing, saved: Saved): View {
  const what = saved.isChange ? 'Your changes are kept' : 'Kept in your journal';
  return modal({
    callbackId: ids.receipt,
    title: 'Saved',
    blocks: [
      ...urgentIn(signposts, saved.body),
      section(mrkdwn`*${what}:* ${saved.title}, ${sayMoment(saved.writtenAt, zone)}.`),
      ...(saved.masked.length > 0
        ? [section(mrkdwn`*Masked:* ${describeFindings(saved.masked)}. Please read once how it stands now.`)]
        : []),
      ...(saved.meanwhile
        ? [
            section(
              mrkdwn`*It had been changed in another window meanwhile.* Those words are the earlier version now.`,
            ),
          ]
        : []),
      ...(saved.keptEarlier
        ? [
            context(
              mrkdwn`How it was before is kept for you alone, until you clear it: “Earlier version” in the reflection.`,
            ),
          ]
        : []),
      saved.isShared
        ? section(
            mrkdwn`*Whoever you shared it with still reads it as it was.* To share it as it is now, open “Sharing”.`,
            button('Sharing', ids.sharing, { value: saved.id, label: 'Sharing: with whom, and as of when' }),
          )
        : section(mrkdwn`${frameworks.shown_with_every_framework.after}`),
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
          label: 'Open it: to read, change or delete this reflection',
        }),
        button('Title, date, tags', ids.aboutSaved, {
          value: saved.id,
          label: 'Title, date, tags: say more about this reflection',
        }),
        button('My journal', ids.journal),
        button('Write another', ids.write),
      ]),
      ...supportBlocks(signposts),
    ],
  });
}

const unreadableView = (): View =>
  noticeView(
    'Cannot be opened',
    mrkdwn`This reflection cannot be opened with the present key. Nothing of it is lost: it stays as it is, and opens again once I have the key it was written with. Please tell a facilitator, who can pass this on.`,
    [toJournal],
  );

export const declinedAnswer: Answer = { text: 'Reflections', blocks: [section(declinedText)] };

/** @param above whom to ring, where what was written may be about danger. */
const keptForLaterView = (above: KnownBlock[]): View =>
  noticeView(
    'Kept for later',
    mrkdwn`Your words are kept as a draft until you save or discard them. Only you can see them. /chatr reflect offers to carry on, and so does your journal.`,
    [toJournal],
    above,
  );

const nothingToKeepView = (): View =>
  noticeView('Nothing to keep', mrkdwn`Nothing new was written, so nothing was kept. Come back any time.`, [
    toJournal,
  ]);

/** What comes after what they did: one window for each outcome. */
export function outcomeView(
  drawing: Drawing,
  outcome: StartOutcome | (ReopenOutcome & { isAbout?: boolean }) | KeepOutcome | DecideOutcome,
): View {
  switch (outcome.kind) {
    case 'open':
      return 'isAbout' in outcome && outcome.isAbout
        ? aboutView({ form: outcome.form, isWriting: true }, outcome.body.about)
        : formView(drawing, outcome);
    case 'saved':
      return receiptView(drawing, outcome);
    case 'found':
      return warningView(drawing, outcome.draftId, outcome.findings);
    case 'kept':
      return keptForLaterView(urgentIn(drawing.signposts, outcome.body));
    case 'nothing-to-keep':
    case 'unwritten':
      return nothingToKeepView();
    case 'declined':
      return noticeView('Reflections', declinedText);
    case 'unreadable':
      return unreadableView();
    case 'not-yours':
    case 'not-allowed':
      return notYoursView();
  }
}

/** Beside the first field of a form that was not saved. */
export const unsaved = {
  unwritten: 'Write a few words in at least one field. Short is enough.',
  declined: 'Nothing that you write is kept, because you did not take up the community agreement.',
  failed: 'That did not finish, and it may not have been saved. Your words are still here: please try again.',
};
