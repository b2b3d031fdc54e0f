import type { DeliveryView, PermissionStatusView } from "../../backend/bindings";
import type { BadgeTone } from "../../components/Badge";

/** How good the news of a status is. */
export const STATUS_TONE: Record<PermissionStatusView, BadgeTone> = {
  given: "success",
  refused: "neutral",
  paused: "info",
  withdrawn: "neutral",
  revoked: "alert",
  expired: "neutral",
};

/** How good the news of a delivery is. */
export const DELIVERY_TONE: Record<DeliveryView, BadgeTone> = {
  queued: "info",
  delivered: "info",
  confirmed: "success",
  notAccepted: "error",
  notSent: "neutral",
};
