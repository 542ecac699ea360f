export { figurePublisher, type FigureKind } from './publish.ts';
export { liveFeed, publicWeeks, type FiguresOfWeek, type Happening } from './read.ts';
export { figureSetting, setFigures, type FigureSetting } from './settings.ts';
