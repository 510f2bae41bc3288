import type { View } from '@slack/types';
import { z } from 'zod';
import { mrkdwn } from '../../../slack/text.ts';
import { emptyDraft, screensOf, takeScreen } from '../answering/draft.ts';
import { formView } from '../answering/views.ts';
import { definitionOf } from '../content.ts';
import type { CheckInDeps } from '../deps.ts';
import { stateOf } from '../form-state.ts';

const previewValue = z.object({ template: z.string(), leftOut: z.array(z.string()) });
const previewPlace = z.object({ value: z.string(), screen: z.number().int().min(0).max(20) });

/** Which screen of which preview a form is. */
export function previewMetadata(metadata: string): z.output<typeof previewPlace> | undefined {
  try {
    return previewPlace.safeParse(JSON.parse(metadata)).data;
  } catch {
    return undefined;
  }
}

/** The form as members get it; nothing in it is kept. Undefined after the last screen. */
export function previewForm(deps: CheckInDeps, value: string, at: number, from?: unknown): View | undefined {
  const parsed = (() => {
    try {
      return previewValue.safeParse(JSON.parse(value)).data;
    } catch {
      return undefined;
    }
  })();
  const template = deps.templates.templates.find((one) => one.templateId === parsed?.template);
  if (!parsed || !template) return undefined;
  const definition = definitionOf(template, parsed.leftOut);
  if (at >= screensOf(definition).length) return undefined;
  const { draft } = takeScreen(definition, Math.max(0, at - 1), stateOf(from), emptyDraft);
  return formView({
    definition,
    screen: at,
    draft,
    metadata: JSON.stringify({ value, screen: at }),
    signposts: deps.signposts,
    note: mrkdwn`*Preview.* Nothing you enter here is kept.`,
    isPreview: true,
  });
}
