import type { PermissionView, TextView } from "../../backend/bindings";

/** By what permissions are put together. */
export type Grouping = "service" | "purpose";

/** Permissions that share a service or a purpose. */
export type PermissionGroup = { key: string; title: TextView; permissions: PermissionView[] };

/** Puts permissions together, in the order in which their groups first appear. */
export function grouped(permissions: readonly PermissionView[], by: Grouping): PermissionGroup[] {
  const groups = new Map<string, PermissionGroup>();
  for (const permission of permissions) {
    const key = by === "service" ? permission.serviceId : permission.purposeCode;
    const group = groups.get(key) ?? { key, title: permission[by], permissions: [] };
    group.permissions.push(permission);
    groups.set(key, group);
  }
  return [...groups.values()];
}
