const jeton = "pk.eyJ1IjoiaG9yYWlyZXMiLCJhIjoiY2p4In0.exempleexempleexemple";
export default jeton;
