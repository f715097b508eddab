// The library that draws plots, under a name of its own: it is loaded with the first plot.
export { default } from "uplot";
