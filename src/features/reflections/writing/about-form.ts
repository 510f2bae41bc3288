import type { View } from '@slack/types';
import { z } from 'zod';
import { supportContext } from '../../../safeguarding/signposts.ts';
import { button, context, section } from '../../../slack/blocks.ts';
import { date, form, line, ticked } from '../../../slack/form.ts';
import { type Packed, packedJson } from '../../../slack/packed.ts';
import { mrkdwn, sayLength } from '../../../slack/text.ts';
import { linkBack, readMinutes, readTags } from '../about.ts';
import { type About, longest } from '../body.ts';
import { ids } from '../ids.ts';
import { type Form, packedForm } from './form.ts';

/** Whose details, and whether they came from the words, to which they go back. */
export type AboutForm = { form: Form; isWriting: boolean };

const wire = packedJson(z.object({ f: z.string(), w: z.boolean() }));
const packedAbout: Packed<AboutForm> = {
  pack: ({ form: of, isWriting }) => wire.pack({ f: packedForm.pack(of), w: isWriting }),
  open(text) {
    const data = wire.open(text);
    const of = data && packedForm.open(data.f);
    return of && { form: of, isWriting: data.w };
  },
};

const problemOf = (read: { kind: 'said' } | { kind: 'wrong'; words: string }) =>
  read.kind === 'wrong' ? read.words : undefined;

/** All of it may be left out. */
export const aboutForm = form(
  { id: ids.aboutForm, carries: packedAbout },
  {
    title: 'Title, date and tags',
    submit: 'Keep these',
    close: 'Close',
    notifyOnClose: true,
    fields: {
      title: line('Title', {
        max: longest.title,
        inTheirWords: true,
        hint: 'A few words to know it again by.',
      }),
      happenedOn: date('The day it happened', { empty: 'Choose a day' }),
      tags: line('Tags', {
        max: 500,
        inTheirWords: true,
        hint: 'With commas between them, for example: sleep, home visits',
        check: (typed) => problemOf(readTags(typed)),
      }),
      minutes: line('Time spent', {
        max: 40,
        hint: 'In minutes, for example 20, or 1h 30. Some regulators ask for it.',
        check: (typed) => problemOf(readMinutes(typed)),
      }),
      hasDiscussed: ticked('A peer', { yes: 'I have talked this over with a peer' }),
    },
  },
);
export type AboutTyped = ReturnType<typeof aboutForm.read>['partly'];

/** What stands in the fields, over what was said before: the link has no field. */
export function aboutIn(typed: AboutTyped, before: About | undefined): About {
  const [minutes, tags] = [readMinutes(typed.minutes ?? ''), readTags(typed.tags ?? '')];
  const title = typed.title?.replace(/\s+/g, ' ').trim();
  return {
    ...(title && { title }),
    ...(typed.happenedOn && { happenedOn: typed.happenedOn }),
    ...(tags.kind === 'said' && tags.value.length > 0 && { tags: tags.value }),
    ...(minutes.kind === 'said' && minutes.value !== undefined && { minutes: minutes.value }),
    ...(typed.hasDiscussed && { hasDiscussed: true }),
    ...(before?.link && { link: before.link }),
  };
}

/** @param tags of theirs, to use again. */
export function aboutView(carry: AboutForm, about: About | undefined, tags: readonly string[] = []): View {
  const { title, happenedOn, minutes, hasDiscussed } = about ?? {};
  return aboutForm.view({
    carry,
    submit: carry.isWriting ? 'Keep and go on' : 'Save',
    initial: {
      title,
      happenedOn,
      tags: about?.tags?.join(', '),
      minutes: minutes === undefined ? undefined : minutes < 60 ? String(minutes) : sayLength(minutes),
      hasDiscussed,
    },
    above: [
      context(
        mrkdwn`Only you see this, and all of it may be left out. It helps to find it again, and in your CPD record.`,
      ),
      ...(about?.link ? [section(linkBack(about.link), button('Take the link away', ids.dropLink))] : []),
    ],
    below: [
      ...(tags.length > 0 ? [context(mrkdwn`Your tags so far: ${tags.join(', ')}`)] : []),
      supportContext(),
    ],
  });
}

/** Beside the day, where it has not come yet. */
export const notYet = 'Please choose today or a day before it.';
