import { createBrowserRouter } from "react-router";
import { RouterProvider } from "react-router/dom";
import { routes } from "@/app/routes";
import { watchNavigation } from "@/shared/navigated";
import { start } from "@/shared/start";

const router = createBrowserRouter(routes);
watchNavigation(router);

void start(<RouterProvider router={router} />);
