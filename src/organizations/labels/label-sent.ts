// The label that a card sends, to list or change what carries it.

import { z } from 'zod';
import { labelOf } from './label-rules.ts';

/** As it is stored; undefined where the card sent none, or what cannot be one. */
export const labelSent = z.string().transform(labelOf).optional().catch(undefined);
