// Which packages go together, what is read of what people type, and which parameters Webex is given.
import { describe, expect, it } from 'vitest';
import {
  changeBetween,
  changeWords,
  packageProblems,
  packagesAfter,
  readChange,
} from '../../src/directory/wholesale/packages/package-rules.ts';
import {
  checkParameters,
  nothingTyped,
  readParameters,
} from '../../src/directory/wholesale/packages/parameter-rules.ts';
import { checkProvision, readProvision } from '../../src/directory/wholesale/packages/provision-rules.ts';
import { packageNames } from '../../src/directory/wholesale/wholesale-rules.ts';

describe('packages', () => {
  it.each([
    [['webex_calling'], []],
    [['attendant_console', 'webex_calling'], []],
    [['attendant_console', 'cx_essentials'], []],
    [
      ['attendant_console', 'webex_voice'],
      [/Attendant Console needs one of Webex Calling, Webex Suite and Customer Experience Essentials/],
    ],
    [['cisco_calling_plan'], [/Cisco Calling Plan needs one of Common Area Calling/]],
    [['cisco_calling_plan', 'webex_voice'], []],
    [
      ['cisco_calling_plan', 'attendant_console'],
      [/Cisco Calling Plan/, /Attendant Console/],
    ],
    [[], [/one package at least/]],
  ])('%j', (wanted, problems) => {
    expect(packageProblems(wanted)).toEqual(problems.map((words) => expect.stringMatching(words)));
  });

  it.each([
    ['borealis', 'borealis', [], [], []],
    ['borealis +webex_voice', 'borealis', ['webex_voice'], [], []],
    ['borealis +webex-voice -Webex_Meetings', 'borealis', ['webex_voice'], ['webex_meetings'], []],
    ['borealis foods +webex_voice, −webex_meetings', 'borealis foods', ['webex_voice'], ['webex_meetings'], []],
    ['borealis +webex_voyce', 'borealis', [], [], ['webex_voyce']],
    ['Coca-Cola', 'Coca-Cola', [], [], []],
    ['+webex_voice', '', ['webex_voice'], [], []],
  ])('“%s”', (typed, named, added, removed, unknown) => {
    expect(readChange(typed)).toEqual({ named, signed: { added, removed }, unknown });
  });

  it('are the same after a change was written and read', () => {
    for (const [now, wanted] of [
      [['webex_calling'], ['webex_calling', 'webex_voice']],
      [['webex_calling', 'webex_voice'], ['cx_essentials']],
      [packageNames, packageNames.slice(3)],
    ] as const) {
      const { signed } = readChange(`acme ${changeWords(changeBetween(now, wanted))}`);
      expect(packagesAfter(now, signed)).toEqual(wanted.toSorted());
    }
  });

  it('that this version does not know stay', () => {
    expect(
      packagesAfter(['new_in_2030', 'webex_calling'], { added: ['webex_voice'], removed: ['webex_calling'] }),
    ).toEqual(['new_in_2030', 'webex_voice']);
  });
});

describe('provisioning parameters', () => {
  const location = {
    ...{ location_name: 'Head Office', address1: '771 Alder Drive', city: 'Milpitas', country: 'us' },
    ...{ calling_time_zone: 'America/Los_Angeles', language: 'en_us' },
  };

  it('are none where nothing was typed, and as Webex takes them where something was', () => {
    expect(checkParameters(nothingTyped)).toEqual({ parameters: undefined });
    const typed = readParameters({
      ...location,
      meetings_time_zone: 'Europe/Berlin',
      limits: 'webex_calling 50, Webex_Meetings=20',
    });
    expect(checkParameters(typed)).toEqual({
      parameters: {
        calling: {
          location: {
            name: 'Head Office',
            address: { addressLine1: '771 Alder Drive', city: 'Milpitas', country: 'US' },
            timezone: 'America/Los_Angeles',
            language: 'en_us',
          },
        },
        meetings: { timezone: 'Europe/Berlin' },
        packages: { limits: { webex_calling: 50, webex_meetings: 20 } },
      },
    });
  });

  it.each([
    [{ location_name: 'Head Office' }, ['address1', 'city', 'country', 'calling_time_zone', 'language']],
    [{ ...location, country: 'USA' }, ['country']],
    [{ ...location, country: '1!' }, ['country']],
    [{ ...location, address1: 'x'.repeat(51) }, ['address1']],
    [{ ...location, calling_time_zone: 'Nowhere/There' }, ['calling_time_zone']],
    [{ meetings_time_zone: 'noon' }, ['meetings_time_zone']],
    [{ limits: 'webex_calling many' }, ['limits']],
    [{ limits: 'webex_fax 5' }, ['limits']],
  ])('%j is wrong in %j', (typed, wrong) => {
    const checked = checkParameters(readParameters(typed));
    expect('problems' in checked && Object.keys(checked.problems).toSorted()).toEqual(wrong.toSorted());
  });
});

describe('a new customer', () => {
  const typed = {
    ...{ provisioning_id: 'template-1', external_id: 'acme-7', packages: 'webex_calling, attendant_console' },
    ...{ line1: '771 Alder Drive', bill_city: 'Milpitas', bill_country: 'us' },
  };

  it('is asked for as Webex takes it', () => {
    expect(checkProvision(readProvision(typed))).toEqual({
      packages: ['attendant_console', 'webex_calling'],
      provision: {
        provisioningId: 'template-1',
        externalId: 'acme-7',
        address: { addressLine1: '771 Alder Drive', city: 'Milpitas', country: 'US' },
      },
    });
  });

  it.each([
    [{}, ['provisioning_id', 'external_id', 'packages', 'line1', 'bill_city', 'bill_country']],
    [{ ...typed, packages: 'attendant_console' }, ['packages']],
    [{ ...typed, packages: 'webex_fax' }, ['packages']],
    [{ ...typed, bill_country: 'USA' }, ['bill_country']],
    [{ ...typed, line2: 'x'.repeat(51) }, ['line2']],
  ])('%j is wrong in %j', (wrong, fields) => {
    const checked = checkProvision(readProvision(wrong));
    expect('problems' in checked && Object.keys(checked.problems).toSorted()).toEqual(fields.toSorted());
  });
});
