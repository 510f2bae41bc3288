import htm from 'htm';
import type { VNode } from 'preact';
import { h } from 'preact';

/**
 * Markup for DOM elements. Our own components are called with `h(Component, props)` instead, because only then does
 * the compiler check their properties.
 */
export const html = htm.bind(h) as (strings: TemplateStringsArray, ...values: unknown[]) => VNode;
