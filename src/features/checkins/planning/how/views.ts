import type { View } from '@slack/types';
import { actions, button, context, option, section } from '../../../../slack/blocks.ts';
import { type Field, type Form, form, oneOf, ticked, type WindowKind } from '../../../../slack/form.ts';
import { count, mrkdwn } from '../../../../slack/text.ts';
import { type Definition, type Mode, modes } from '../../content.ts';
import { ids } from '../../ids.ts';
import { privacySentence, whatFacilitatorsSee } from '../../words.ts';
import { packedPlan, packedScreen } from '../carried.ts';
import type { Basis } from '../definition.ts';
import { missing, openDaysOffered, type Plan } from '../plan.ts';

export const modeNames: Record<Mode, string> = {
  group: 'A group summary, without names',
  linked: 'A group summary that joins before and after',
  private: 'Only themselves, unless they choose to be counted',
  named: 'You, with names',
};

type HowFields = {
  'open-days': Field<string | undefined, string>;
  reminds: Field<boolean>;
  'asks-first': Field<'everybody' | 'first' | undefined, 'everybody' | 'first'>;
  mode: Field<Mode | undefined, Mode>;
};

export const howWindow: WindowKind<{ id: string }> = { id: ids.howView, carries: packedPlan };

/** What a plan has to say besides questions and time. */
export type HowAsked = {
  /** Members are prompted, so it has a length, a reminder and a question before the first. */
  prompts: boolean;
  /** It closes when a session begins, so nobody says for how long it is open. */
  isUntilSession: boolean;
  /** Why who sees what stays as it is. */
  keepsMode: 'template' | 'answered' | undefined;
};

export function howForm({ prompts, isUntilSession, keepsMode }: HowAsked): Form<HowFields, { id: string }> {
  const fields = {
    ...(prompts &&
      !isUntilSession && {
        'open-days': oneOf('How long does it stay open?', {
          of: openDaysOffered.map((days) => option(count(days, 'day', 'days'), String(days))),
          missing: missing.openDays,
          hint: 'People can answer until then.',
        }),
      }),
    ...(prompts && {
      reminds: ticked('Reminder', {
        yes: 'One gentle reminder',
        means: 'In the middle of the time to answer, to those who want reminders.',
      }),
      'asks-first': oneOf('Who gets it?', {
        radio: true,
        missing: 'Please choose who gets it.',
        of: [
          option('Everybody in the group', 'everybody', 'Anybody can skip one, or stop it for themselves.'),
          option('Those who say they want it', 'first', 'Each is asked once. No answer means no.'),
        ],
      }),
    }),
    ...(keepsMode === undefined && {
      mode: oneOf('Who sees the answers?', {
        of: modes.map((mode) => option(modeNames[mode], mode)),
        missing: 'Please choose who sees the answers.',
      }),
    }),
  };
  return form(howWindow, {
    title: 'How it is asked',
    submit: 'Next',
    close: 'Close',
    notifyOnClose: true,
    // Only what it asks is read; the rest is what it was.
    fields: fields as HowFields,
    live: ids.howChosen,
  });
}

export function howView(
  plan: Plan,
  {
    basis,
    definition,
    openDays,
    asked,
  }: { basis: Basis; definition: Definition; openDays: number; asked: HowAsked },
  why?: string,
): View {
  const kept = {
    template: 'These questions rely on it, so it stays as it is.',
    answered: 'Somebody has answered, so it stays as it is.',
  };
  return howForm(asked).view({
    carry: { id: plan.id },
    initial: {
      'open-days': String(openDays),
      reminds: plan.reminds ?? true,
      'asks-first': (plan.asksFirst ?? basis.asksFirst) ? 'first' : 'everybody',
      mode: definition.mode,
    },
    above: why === undefined ? [] : [section(mrkdwn`${why}`)],
    below: [
      section(mrkdwn`*People read:* ${privacySentence(definition)}`),
      context(
        mrkdwn`You see ${whatFacilitatorsSee(definition)}. ${asked.keepsMode ? kept[asked.keepsMode] : ''}`,
      ),
      actions(
        [button('Back', ids.backToPlan, { value: packedScreen.pack({ to: 'check', id: plan.id }) })],
        'steps',
      ),
    ],
  });
}

type Typed = Partial<{
  'open-days': string;
  reminds: boolean;
  'asks-first': 'everybody' | 'first';
  mode: Mode;
}>;

export const withHow = (
  plan: Plan,
  { 'open-days': openDays, 'asks-first': asksFirst, ...typed }: Typed,
): Plan => ({
  ...plan,
  ...typed,
  ...(openDays && { openDays: Number(openDays) }),
  ...(asksFirst && { asksFirst: asksFirst === 'first' }),
});
