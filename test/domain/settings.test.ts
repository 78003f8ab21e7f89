// Which level's setting counts, and what a form may say, as tables.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deciderOf,
  defaultSettings,
  isDecidedElsewhere,
  levelOfNode,
  type OwnSettings,
  providerLevel,
  resolveChain,
  resolveSettings,
} from '../../src/settings/settings.ts';
import { checkSettings, SETTINGS_IN_FORM, settingsInForm } from '../../src/settings/settings-fields.ts';

describe('the nearest level that has decided', () => {
  it('counts, and where none has the built-in value', () => {
    const provider: OwnSettings = { refresh_interval_days: 5, verbosity: 'all' };
    const space: OwnSettings = { verbosity: 'daily_digest' };
    expect(resolveSettings([provider, space])).toEqual({
      ...defaultSettings,
      refresh_interval_days: 5,
      verbosity: 'daily_digest',
    });
    expect(resolveSettings([])).toEqual(defaultSettings);
  });

  it('is passed over where its value is none that this version knows', () => {
    const unknown = {
      refresh_interval_days: 900,
      verbosity: 'shout',
      time_zone: 'Mars/Olympus',
      quiet_hours: { from: '22:30', to: '22:00' },
    } as unknown as OwnSettings;
    expect(resolveSettings([{ refresh_interval_days: 5 }, unknown])).toMatchObject({
      refresh_interval_days: 5,
      verbosity: 'failures',
      time_zone: 'UTC',
      quiet_hours: null,
    });
  });
});

describe('a second administrator’s approval of a delete', () => {
  const yes: OwnSettings = { delete_approval: true };
  const no: OwnSettings = { delete_approval: false };
  const nothing: OwnSettings = {};
  const chainOf = (...own: OwnSettings[]) =>
    own.map((each, index) => ({
      ...(index === 0 ? providerLevel : levelOfNode(`node-${index}`)),
      own: each,
    }));

  // From the provider's level down; the index of the level that decides.
  it.each([
    { levels: [nothing, nothing], counts: false, decider: undefined },
    { levels: [nothing, no], counts: false, decider: 1 },
    { levels: [no, nothing, yes], counts: true, decider: 2 },
    { levels: [yes, nothing, nothing], counts: true, decider: 0 },
    { levels: [yes, no, nothing], counts: true, decider: 0 },
    { levels: [yes, nothing, no], counts: true, decider: 0 },
    { levels: [no, yes, no], counts: true, decider: 1 },
    { levels: [yes, yes, yes], counts: true, decider: 0 },
    { levels: [no, no, no], counts: false, decider: 2 },
  ])('$levels: $counts', ({ levels, counts, decider }) => {
    const chain = chainOf(...levels);
    expect(resolveSettings(levels).delete_approval).toBe(counts);
    expect(resolveChain(chain).delete_approval).toBe(counts);
    expect(deciderOf(chain, 'delete_approval')).toBe(decider === undefined ? undefined : chain[decider]);
  });

  it('is decided elsewhere for a level exactly where its own value makes no difference', () => {
    const values = fc.constantFrom(yes, no, nothing);
    const drawn = fc.tuple(fc.array(values, { maxLength: 4 }), values, fc.array(values, { maxLength: 4 }));
    fc.assert(
      fc.property(drawn, ([above, own, below]) => {
        const chain = chainOf(...above, own, ...below);
        const level = chain[above.length] ?? providerLevel;
        const counted = [yes, no].map((each) => resolveSettings([...above, each, ...below]).delete_approval);
        expect(isDecidedElsewhere(chain, level, 'delete_approval')).toBe(counted[0] === counted[1]);
      }),
    );
  });
});

describe('a settings form', () => {
  it('leaves to the level above what is empty or inherited', () => {
    const inputs = { warning_days: ' ', verbosity: 'inherit', refresh_interval_days: 'inherit', quiet_hours: '' };
    const inherited = { warning_days: undefined, verbosity: undefined, refresh_interval_days: undefined };
    expect(checkSettings(inputs)).toStrictEqual({ values: { ...inherited, quiet_hours: undefined } });
  });

  it('inherits what was emptied, which clients do not send, and says nothing of what it does not hold', () => {
    const inputs = { [SETTINGS_IN_FORM]: 'warning_days quiet_hours gone_since', time_zone: 'Europe/Berlin' };
    expect(settingsInForm(inputs)).toEqual(['warning_days', 'quiet_hours', 'time_zone']);
    expect(checkSettings(inputs)).toStrictEqual({
      values: { warning_days: undefined, quiet_hours: undefined, time_zone: 'Europe/Berlin' },
    });
  });

  it('gives the values, in order and once each', () => {
    const inputs = {
      warning_days: '1, 60 14;14',
      escalation_days: '0',
      refresh_interval_days: '3',
      verbosity: 'all',
      quiet_hours: '22:00-07:00',
      time_zone: 'Europe/Berlin',
      link_lifetime_hours: 48,
      delete_approval: 'yes',
      read_admin_audit: 'yes',
      apply_calling_behaviour: 'No',
      license_thresholds: '100%, 80;80',
    };
    expect(checkSettings(inputs)).toEqual({
      values: {
        warning_days: [60, 14, 1],
        escalation_days: 0,
        refresh_interval_days: 3,
        verbosity: 'all',
        quiet_hours: { from: '22:00', to: '07:00' },
        time_zone: 'Europe/Berlin',
        link_lifetime_hours: 48,
        delete_approval: true,
        read_admin_audit: true,
        apply_calling_behaviour: false,
        license_thresholds: [80, 100],
      },
    });
  });

  it.each([
    ['172800 s', [2]],
    ['172800s', [2]],
    ['14, 172800 S, 7', [14, 7, 2]],
    // Rounded up, so that no warning comes later than was asked for.
    ['172801 s', [3]],
    ['1 s', [1]],
    ['86400 s 86399 s', [1]],
  ])('takes seconds as whole days: %s', (typed, warning_days) => {
    expect(checkSettings({ warning_days: typed })).toEqual({ values: { warning_days } });
  });

  it('can say that there are no quiet hours, whatever the level above says', () => {
    expect(checkSettings({ quiet_hours: 'None' })).toEqual({ values: { quiet_hours: null } });
  });

  it.each([
    ['warning_days', 'soon', /Warn before expiry/],
    ['warning_days', '0', /one to ten numbers from 1 to 365/],
    ['warning_days', '1,2,3,4,5,6,7,8,9,10,11', /one to ten numbers/],
    ['warning_days', '0 s', /one to ten numbers/],
    ['warning_days', '31536001 s', /from 1 to 365/],
    ['warning_days', '172800 h', /one to ten numbers/],
    ['escalation_days', '31', /0 \(never\) to 30/],
    ['refresh_interval_days', '8', /1 to 7 days/],
    ['refresh_interval_days', '-1', /1 to 7 days/],
    ['verbosity', 'loud', /Choose one from the list/],
    ['quiet_hours', '10pm-7am', /22:00-07:00/],
    ['quiet_hours', '22:30-22:00', /Quiet hours.*at most 16 hours apart/],
    ['time_zone', 'Berlin', /Europe\/Berlin/],
    ['link_lifetime_hours', '1000', /1 to 168 hours/],
    ['delete_approval', 'perhaps', /Choose yes or no/],
    ['license_thresholds', '0', /1 to 100/],
    ['license_thresholds', '1,2,3,4,5,6', /one to five numbers/],
  ])('%s cannot be %s', (name, typed, hint) => {
    const checked = checkSettings({ [name]: typed });
    expect(checked).toMatchObject({ problems: [{ name, message: expect.stringMatching(hint) }] });
    expect(JSON.stringify(checked)).toContain(typed);
  });

  it('names every problem at once', () => {
    expect(checkSettings({ warning_days: 'x', time_zone: 'x', verbosity: 'all' })).toMatchObject({
      problems: [{ name: 'warning_days' }, { name: 'time_zone' }],
    });
  });
});
