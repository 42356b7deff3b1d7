// The pages work without this. With it, messages are sent without a reload and the
// plan is drawn on a map.

import { listen, scrollToLatest } from "./chat.js";
import { drawPlan, followPointer } from "./map.js";

const onTrip = document.getElementById("composer") !== null;

listen({ onPlan: drawPlan });
if (onTrip) {
  scrollToLatest();
  followPointer();
  drawPlan();
}
