declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  interface Options {
    domNode: HTMLElement;
    url: string;
    docExpansion: "list" | "full" | "none";
    /** null: never send the description to a validator elsewhere. */
    validatorUrl: null;
    onComplete: () => void;
  }
  export default function SwaggerUI(options: Options): unknown;
}
