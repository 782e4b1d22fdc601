// Start the page: each control looks after itself and meets the others only through the state and its events.

import { startChanges } from "./changes.js";
import { startControl } from "./control.js";
import { startControlKey } from "./control_key.js";
import { startControlNames } from "./control_names.js";
import { startControlPanel } from "./control_panel.js";
import { startControlWords } from "./control_tools.js";
import { byId } from "./dom.js";
import { startDetail } from "./detail.js";
import { startExports } from "./exports.js";
import { startFacets } from "./facets.js";
import { startMap } from "./map_view.js";
import { startSearch } from "./search.js";
import { startSheet } from "./sheet.js";
import { startSwipe } from "./swipe.js";
import { startShortcuts } from "./shortcuts.js";
import { startSummary } from "./summary.js";
import { startTable } from "./table.js";
import { startTheme } from "./theme.js";
import { startTimebar } from "./timebar.js";

const map = window.atlasMap;
startTheme();
startSummary();
// First among those that follow the state: its question is on its way before the others draw.
startMap(map);
startControlWords();
startControlKey();
startControlNames(map);
startControlPanel(map);
startChanges();
startSwipe(map);
startControl(map);
startFacets();
startSearch();
startTimebar();
startDetail();
startTable();
startExports();
startSheet();
startShortcuts();

// Opening a panel narrows the map; it keeps its centre.
new ResizeObserver(() => map?.invalidateSize({ animate: false })).observe(byId("map-pane"));
