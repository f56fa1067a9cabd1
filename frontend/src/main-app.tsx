import { createBrowserRouter } from "react-router";
import { RouterProvider } from "react-router/dom";
import { appCatalogue } from "@/app/catalogue";
import { routes } from "@/app/routes";
import { addCatalogue } from "@/shared/i18n/locale";
import { watchNavigation } from "@/shared/navigated";
import { start } from "@/shared/start";

const router = createBrowserRouter(routes);
watchNavigation(router);
addCatalogue(appCatalogue);

void start(<RouterProvider router={router} />);
