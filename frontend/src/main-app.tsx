import { createBrowserRouter } from "react-router";
import { RouterProvider } from "react-router/dom";
import { routes } from "@/app/routes";
import { navigated } from "@/shared/navigated";
import { start } from "@/shared/start";

const router = createBrowserRouter(routes);
router.subscribe(({ location }) => {
  navigated.set(location.key !== "default");
});

void start(<RouterProvider router={router} />);
