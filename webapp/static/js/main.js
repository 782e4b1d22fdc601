// Start the page: each control looks after itself and meets the others only through the state and its events.

import { byId } from "./dom.js";
import { startDetail } from "./detail.js";
import { startExports } from "./exports.js";
import { startFacets } from "./facets.js";
import { startMap } from "./map_view.js";
import { startSearch } from "./search.js";
import { startSheet } from "./sheet.js";
import { startShortcuts } from "./shortcuts.js";
import { startSummary } from "./summary.js";
import { startTable } from "./table.js";
import { startTheme } from "./theme.js";
import { startTimebar } from "./timebar.js";

startTheme();
startSummary();
startFacets();
startSearch();
startTimebar();
startDetail();
startTable();
startExports();
startSheet();
startShortcuts();

const map = window.atlasMap;
// Opening a panel narrows the map; it keeps its centre.
new ResizeObserver(() => map?.invalidateSize({ animate: false })).observe(byId("map-pane"));
startMap(map);
