// Deploying: a function that is written here, or a folder that is dropped here.
import { Link } from "wouter-preact";
import { Section } from "../parts/section.jsx";
import { hrefs } from "../views.js";
import { Editor } from "./editor.jsx";
import { FolderDeploy } from "./folder-deploy.jsx";

/** @param reload reads the list of functions again */
export const Deploy = ({ projectRef, reload }) => (
  <>
    <p class="back">
      <Link href={hrefs.project(projectRef, "functions")}>← All functions</Link>
    </p>
    <Section title="Write a function" text="This one is ready to go: press Deploy, or change it first.">
      <Editor projectRef={projectRef} reload={reload} />
    </Section>
    <Section
      title="Deploy a folder"
      text="One function’s folder, functions, supabase, or a whole project. You see what will change before it is done."
    >
      <FolderDeploy projectRef={projectRef} reload={reload} />
    </Section>
  </>
);
