// How a forecast's picture looks, apart from what it shows. Its own white background stands out from dark and from light pages.

/** The family in which everything is written; `draw.ts` has its files. */
const FONT = 'DejaVu Sans';

/** Of the part with the bars, before it is drawn larger. */
export const WIDTH = 760;
export const HEIGHT = 260;

export const BACKGROUND = '#ffffff';
export const INK = '#1f2328';
export const QUIET_INK = '#57606a';
const LINES = '#d0d7de';
/** By urgency; told apart by their lightness too, and each class has its place between two lines. */
export const COLORS = ['#8e1b1b', '#d9691e', '#f0c040', '#5b8db8'];

export const CONFIG = {
  font: FONT,
  view: { stroke: null },
  title: {
    anchor: 'start',
    fontSize: 22,
    color: INK,
    subtitleFontSize: 14,
    subtitleColor: QUIET_INK,
    subtitlePadding: 8,
    offset: 18,
  },
  axis: {
    labelFontSize: 13,
    labelColor: INK,
    titleFontSize: 13,
    titleFontWeight: 'normal',
    titleColor: QUIET_INK,
    gridColor: LINES,
    domainColor: LINES,
    tickColor: LINES,
  },
  legend: { labelFontSize: 13, labelColor: INK, labelLimit: 300 },
  concat: { spacing: 26 },
} as const;
