import htm from 'htm';
import type { ComponentChildren, VNode } from 'preact';
import { h } from 'preact';

/** Markup for DOM elements. */
export const html = htm.bind(h) as (strings: TemplateStringsArray, ...values: unknown[]) => VNode;

/** Our own components are made with this instead, because here the compiler checks their properties. */
export const make = h as unknown as <P>(
  component: (props: P) => ComponentChildren,
  props: P & { key?: string | number },
) => VNode;
