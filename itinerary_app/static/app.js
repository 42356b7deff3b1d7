// The pages work without this. With it, messages are sent without a reload, the plan
// is drawn on a map, and it can be printed and its link copied by a button.

import "./trusted.js";
import { catchUp, listen, scrollToLatest } from "./chat.js";
import { keepDraft } from "./draft.js";
import { listenForDragging } from "./drag.js";
import { listenForHands } from "./hands.js";
import { drawPlan, followPointer } from "./map.js";
import { followOthers } from "./live.js";
import { listenForNotices, watch } from "./notices.js";
import { keepForOffline, offerAgain, sayWhetherKept } from "./offline.js";
import { listenForTaking } from "./take.js";
import { beginToday, markToday } from "./today.js";

const has = (id) => document.getElementById(id) !== null;

sayWhetherKept({ renew: () => (has("composer") ? catchUp({ always: true }) : offerAgain()) });
if (has("plan-data")) {
  followPointer(); // first, as it keeps some links from being followed
  markToday();
  drawPlan(beginToday());
}
listen({ onPlan: drawPlan });
listenForTaking();
if (has("keys")) keepDraft();
if (has("composer")) {
  if (has("change")) {
    listenForHands({ onGone: catchUp });
    listenForDragging();
  }
  scrollToLatest();
  listenForNotices();
  watch();
  followOthers();
}
keepForOffline();
