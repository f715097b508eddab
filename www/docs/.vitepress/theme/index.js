// The default theme without its web font, with the Run button of the reference.
import DefaultTheme from "vitepress/theme-without-fonts";
import RunExample from "./RunExample.vue";
import SandboxLink from "./SandboxLink.vue";
import "./style.css";

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component("RunExample", RunExample);
    app.component("SandboxLink", SandboxLink);
  },
};
