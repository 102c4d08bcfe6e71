package main

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// switches is the file that an instrumented package has besides its own: it
// tells which change is on, and does what an operator does, changed or not.
//
//go:embed switches.go.txt
var switches string

// switchesFor returns that file for a package and the last number in it.
func switchesFor(pkg string, last int) []byte {
	return []byte(strings.NewReplacer("PACKAGE", pkg, "LAST", strconv.Itoa(last)).Replace(switches))
}

// calls are the functions of switches that stand for an operator.
var calls = map[token.Token]string{
	token.LSS: "mutateLSS", token.LEQ: "mutateLEQ", token.GTR: "mutateGTR", token.GEQ: "mutateGEQ",
	token.ADD: "mutateADD", token.SUB: "mutateSUB", token.MUL: "mutateMUL", token.QUO: "mutateQUO", token.REM: "mutateREM",
}

// binary puts the operands into a call, which evaluates each once. Whether two
// are equal is asked in place, as not everything that can be equal has an order.
func (f *finder) binary(n *ast.BinaryExpr) {
	list := f.changesOf(n)
	if len(list) == 0 {
		return
	}
	start, op, end := f.offset(n.X.Pos()), f.offset(n.OpPos), f.offset(n.Y.End())
	if n.Op == token.EQL || n.Op == token.NEQ {
		f.edits.around(start, "((", end, fmt.Sprintf(") != mutateOn(%d))", f.add(list...)))
		return
	}
	name, ok := f.nameOf(f.info.TypeOf(n.X), n.Pos())
	if !ok || is(f.info.TypeOf(n.X), types.IsComplex) {
		f.addAlone(list...)
		return
	}
	call, behind := fmt.Sprintf("%s[%s](%d, ", calls[n.Op], name, f.add(list...)), ")"
	if list[0].Kind == boundary {
		// A comparison serves as any type of bool, a call does not.
		call, behind = "("+call, ") == true)"
	}
	f.edits.around(start, call, end, behind)
	f.edits.replace(op, op+len(n.Op.String()), ",")
}

func (f *finder) minus(n *ast.UnaryExpr) {
	list := f.changesOf(n)
	if len(list) == 0 {
		return
	}
	name, ok := f.nameOf(f.info.TypeOf(n), n.Pos())
	if !ok || is(f.info.TypeOf(n), types.IsComplex) {
		f.addAlone(list...)
		return
	}
	start := f.offset(n.Pos())
	f.edits.around(start, fmt.Sprintf("mutateMinus[%s](%d, ", name, f.add(list...)), f.offset(n.End()), ")")
	f.edits.replace(start, start+1, "")
}

// step makes x++ add something that may be -1.
func (f *finder) step(n *ast.IncDecStmt) {
	list := f.changesOf(n)
	name, ok := f.nameOf(f.info.TypeOf(n.X), n.Pos())
	if !ok || is(f.info.TypeOf(n.X), types.IsComplex) {
		f.addAlone(list...)
		return
	}
	start := f.offset(n.TokPos)
	f.edits.replace(start, start+2, fmt.Sprintf(" %c= mutateStep[%s](%d)", n.Tok.String()[0], name, f.add(list...)))
}

// constant chooses between a constant expression and what it is when changed.
func (f *finder) constant(n ast.Expr) {
	var list []*change
	ast.Inspect(n, func(n ast.Node) bool {
		list = append(list, f.changesOf(n)...)
		return true
	})
	start, end := f.offset(n.Pos()), f.offset(n.End())
	name, ok := f.nameOf(f.info.TypeOf(n), n.Pos())
	for _, c := range list {
		changed := string(splice(f.src[start:end], edit{c.edit.start - start, c.edit.end - start, c.edit.text}))
		if !ok || f.fixed[n] || !f.compiles(name+"("+changed+")", n.Pos()) {
			f.addAlone(c)
			continue
		}
		f.edits.around(start, fmt.Sprintf("mutatePick[%s](%d, ", name, f.add(c)), end, ", "+changed+")")
	}
}

// compiles reports whether an expression is right at a place.
func (f *finder) compiles(expr string, at token.Pos) bool {
	_, err := types.Eval(f.fset, f.pkg, at, expr)
	return err == nil
}

// nameOf returns what a type is called at a place, if it can be named there.
func (f *finder) nameOf(t types.Type, at token.Pos) (string, bool) {
	var named types.Object
	switch t := types.Unalias(types.Default(t)).(type) {
	case *types.Basic:
		named = types.Universe.Lookup(t.Name())
	case *types.TypeParam:
		named = t.Obj()
	case *types.Named:
		named = t.Obj()
		if t.TypeArgs().Len() > 0 {
			return "", false
		}
	}
	if named == nil {
		return "", false
	}
	if named.Pkg() == nil || named.Pkg() == f.pkg {
		return named.Name(), f.visible(named, at)
	}
	scope := f.info.Scopes[f.file]
	for _, name := range scope.Names() {
		if p, ok := scope.Lookup(name).(*types.PkgName); ok && p.Imported() == named.Pkg() {
			return name + "." + named.Name(), f.visible(p, at)
		}
	}
	return "", false
}

// visible reports whether an object is what its name means at a place.
func (f *finder) visible(o types.Object, at token.Pos) bool {
	_, found := f.pkg.Scope().Innermost(at).LookupParent(o.Name(), at)
	return found == o
}
