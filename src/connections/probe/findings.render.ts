// Findings, from what is true when the notice is delivered. Lost connections are left out: they have a notice of their own.

import { NAMED_IN_NOTICE } from '../../chat/named.ts';
import type { Db } from '../../db/database.ts';
import { renders } from '../../notices/notice.ts';
import { organizationsWithConnection } from '../connection.store.ts';
import { findingsNotice } from './findings.notice.ts';
import { troublesIn } from './findings.ts';
import { findingsMessage } from './findings.view.ts';

export const findingsRenderer = renders(findingsNotice, {
  async render({ db }: { db: Db }, { organizationIds }) {
    const rows = (await organizationsWithConnection(db, organizationIds)).flatMap(({ organization, connection }) =>
      connection === null || connection.state === 'lost' ? [] : [{ ...organization, connection }],
    );
    const isImpaired = ({ connection }: (typeof rows)[number]) => troublesIn(connection.findings).length > 0;
    const impaired = rows.filter(isImpaired);
    return findingsMessage({
      impaired: impaired.slice(0, NAMED_IN_NOTICE),
      total: impaired.length,
      restored: rows.filter((row) => !isImpaired(row)).map(({ name }) => name),
    });
  },
});
