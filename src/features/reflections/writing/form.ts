import { z } from 'zod';
import { option } from '../../../slack/blocks.ts';
import { form, paragraph, severalOf } from '../../../slack/form.ts';
import { type Packed, packed, packedJson } from '../../../slack/packed.ts';
import type { Window } from '../../../slack/routes.ts';
import {
  type About,
  type Body,
  type Field,
  fieldsOf,
  isWrittenBefore,
  stepsOf,
  type Typed,
} from '../body.ts';
import { type Framework, type Frameworks, frameworkOf } from '../content.ts';
import { ids } from '../ids.ts';

/** Which form this is. Travels through the person's client, so ids only, and all of it is checked again. */
export type Form = {
  /** Also the id the reflection gets. */
  draftId: string;
  framework: string;
  /** From 0. */
  step: number;
  /** The reflection this form changes. */
  changes: string | undefined;
  /** How that was when the form was opened: its last change, in milliseconds. */
  seen?: number;
  /** What a new one begins from, such as a resource; in a draft it stands with the words. */
  from?: Pick<About, 'title' | 'link'>;
  /** What it was begun for. It stands above the boxes while they write, and is no part of what they write. */
  question?: string;
};

const wire = packedJson(
  z.object({
    d: z.uuid(),
    f: z.string().max(100),
    s: z.number().int().min(0).max(50),
    c: z.uuid().optional(),
    u: z.number().int().optional(),
    q: z.string().max(300).optional(),
    a: z.object({ title: z.string().max(300).optional(), link: z.httpUrl().max(1000).optional() }).optional(),
  }),
);

export const packedForm: Packed<Form> = {
  pack: ({ draftId, framework, step, changes, seen, from, question }) =>
    wire.pack({ d: draftId, f: framework, s: step, c: changes, u: seen, q: question, a: from }),
  open(text) {
    const data = wire.open(text);
    return (
      data && {
        draftId: data.d,
        framework: data.f,
        step: data.s,
        changes: data.c,
        ...(data.u !== undefined && { seen: data.u }),
        ...(data.q !== undefined && { question: data.q }),
        ...(data.a && { from: data.a }),
      }
    );
  },
};

/** Its fields depend on the way to reflect, on the step, and on what was written before. */
export const writingWindow = { id: ids.form, carries: packedForm };

/**
 * The draft's id stands in the block ids: Slack keeps what was typed where ids stay, and another draft shown in the same
 * window must not inherit it.
 */
const fieldName = packed(':', {
  kind: z.enum(['text', 'choice']),
  draftId: z.string(),
  key: z.string().regex(/^[a-z][a-z0-9_]{0,54}$/),
});

/** More than anybody writes into a field. Slack sends no more than 3,000, but a form that is closed can hold more. */
const mostTyped = 60_000;

type Asked = Pick<Field, 'kind' | 'key'> & Partial<Pick<Field, 'label' | 'help'>> & { options?: string[] };

const inputFor = ({ kind, label = '', help, options }: Asked) =>
  kind === 'text'
    ? paragraph(label, {
        asItIs: true,
        check: ({ length }) => (length > mostTyped ? 'Please write less here.' : undefined),
        ...(help && { hint: help }),
      })
    : severalOf(label, {
        ...(options && { of: options.map((one) => option(one, one)) }),
        ...(help && { hint: help }),
      });

/** Every field may be left empty. @param fields with their labels to draw it; by name alone to read it. */
export const writingForm = (draftId: string, fields: readonly Asked[]) =>
  form(writingWindow, {
    title: 'Write a reflection',
    submit: 'Next',
    close: 'Close',
    notifyOnClose: true,
    fields: Object.fromEntries(
      fields.map((field) => [fieldName.pack({ ...field, draftId }), inputFor(field)]),
    ),
  });

/** What the fields are drawn with. */
export const standingIn = (draftId: string, fields: readonly Field[]): Record<string, string | string[]> =>
  Object.fromEntries(
    fields.map((field) => [
      fieldName.pack({ ...field, draftId }),
      field.kind === 'text' ? field.text : field.selected,
    ]),
  );

/**
 * What stands in the form's fields now, told by the fields themselves: a draft can have changed in another window since
 * this one was drawn. Fields of another form and anything unknown are left out. Text is kept as it is.
 * @returns `problems` by block id, where something cannot be taken.
 */
export function readTyped(
  window: Pick<Window, 'inputs' | 'read'>,
  { draftId }: Pick<Form, 'draftId'>,
): { typed: Typed; problems: Record<string, string> | undefined } {
  const fields = window.inputs().flatMap((id) => {
    const field = fieldName.open(id);
    return field?.draftId === draftId ? [field] : [];
  });
  const read = window.read(writingForm(draftId, fields));
  const typed: Typed = { texts: {}, choices: {} };
  for (const field of fields) {
    const value = read.partly[fieldName.pack(field)];
    if (typeof value === 'string') typed.texts[field.key] = value;
    else if (value) typed.choices[field.key] = value;
  }
  return {
    typed,
    problems: read.kind === 'problems' ? (read.problems as Record<string, string>) : undefined,
  };
}

/** The first step that has such a field; the first of all where none has. */
export const stepWith = (framework: Framework, body: Body, isWanted: (field: Field) => boolean): number =>
  Math.max(
    0,
    stepsOf(fieldsOf(framework, body)).findIndex((fields) => fields.some(isWanted)),
  );

export const isFilled = (field: Field): boolean =>
  (field.kind === 'text' ? field.text : field.selected).length > 0;

/**
 * The step of a form that its fields have: text carried over from elsewhere can make it longer. `hasMoreBefore`: such text
 * stands on a step after this one.
 */
export function formSteps(
  frameworks: Frameworks,
  { form: { framework, step }, body }: { form: Form; body: Body },
) {
  const steps = stepsOf(fieldsOf(frameworkOf(frameworks, framework), body));
  const index = Math.min(step, steps.length - 1);
  const hasMoreBefore = steps.slice(index + 1).some((fields) => fields.some(isWrittenBefore));
  return { fields: steps[index] ?? [], index, count: steps.length, hasMoreBefore };
}
