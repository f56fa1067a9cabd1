import { createStore } from "@/shared/store";

/** True once the person went from one page of the app to another, without loading it anew. */
export const navigated = createStore(false);

interface Place {
  location: { key: string };
}

interface Watched {
  state: Place;
  subscribe: (listener: (state: Place) => void) => () => void;
}

/** A page that is loaded again keeps the key that it had, so only another key is another page. */
export function watchNavigation(router: Watched): void {
  const first = router.state.location.key;
  router.subscribe(({ location }) => {
    if (location.key !== first) navigated.set(true);
  });
}
