import { ConnectPage } from "../features/connect/ConnectPage";
import { DataPage } from "../features/data/DataPage";
import { SourcePage } from "../features/data/SourcePage";
import { HomePage } from "../features/home/HomePage";
import { OffersPage } from "../features/offers/OffersPage";
import { PermissionPage } from "../features/permissions/PermissionPage";
import { PermissionsPage } from "../features/permissions/PermissionsPage";
import { RequestPage } from "../features/requests/RequestPage";
import { RequestsPage } from "../features/requests/RequestsPage";
import { SettingsPage } from "../features/settings/SettingsPage";
import { UsesPage } from "../features/uses/UsesPage";
import type { Route } from "./route";

/** The page that the address names. */
export function CurrentPage({ route: { page, id } }: { route: Route }) {
  switch (page) {
    case "home":
      return <HomePage />;
    case "data":
      return id === null ? <DataPage /> : <SourcePage id={id} />;
    case "requests":
      return id === null ? <RequestsPage /> : <RequestPage id={id} />;
    case "permissions":
      return id === null ? <PermissionsPage /> : <PermissionPage id={id} />;
    case "uses":
      return <UsesPage />;
    case "offers":
      return <OffersPage />;
    case "settings":
      return <SettingsPage />;
    case "connect":
      return <ConnectPage />;
  }
}
