// Sites: where locations of Webex stand in the tree of customers, and which network devices they use.

import type { Feature } from '../feature.ts';
import { askToRemoveList, openListForm, removeList, saveList } from './device-lists/ndl.action.ts';
import { ndl } from './device-lists/ndl.command.ts';
import { sitesRecordHooks, sitesSynced, sitesTreeHooks } from './hooks.ts';
import {
  moveConfirmed,
  openMappingForm,
  previewMoves,
  removeMappingAction,
  saveMappingForm,
} from './mappings/mappings.action.ts';
import { continueMapping, mappings } from './mappings/mappings.command.ts';
import { proposeSites } from './proposal/propose-sites.ts';
import { makeSites, removeSiteAction, showSite, useDeviceList } from './sites.action.ts';
import { sitesCommand } from './sites.command.ts';
import { proposalRenderer } from './sites.render.ts';
import { sitesFileRenderer } from './sites-file.render.ts';

export const sites: Feature = {
  commands: [sitesCommand, mappings, ndl],
  actions: [
    showSite,
    removeSiteAction,
    makeSites,
    useDeviceList,
    continueMapping,
    openMappingForm,
    saveMappingForm,
    removeMappingAction,
    previewMoves,
    moveConfirmed,
    openListForm,
    saveList,
    askToRemoveList,
    removeList,
  ],
  notices: [proposalRenderer, sitesFileRenderer],
  schedules: [{ job: 'look for sites to propose', pattern: ({ schedules }) => schedules.refresh, run: proposeSites }],
  synced: sitesSynced,
  tree: sitesTreeHooks,
  records: sitesRecordHooks,
};
